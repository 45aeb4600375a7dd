package io.evenkeel.proxy.health;

import io.evenkeel.balancer.health.HealthProbe;
import io.evenkeel.balancer.health.ProbeResult;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpDecoderConfig;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** Sends an HTTP request over a connection of its own, and judges the answer. Any thread. */
final class HttpProbe implements HealthProbe {

    /** Bytes: what an honest server needs for its status line and its fields. */
    private static final int MAX_LINE_BYTES = 4 * 1024;

    private static final int MAX_FIELDS_BYTES = 16 * 1024;

    private static final int MAX_CHUNK_BYTES = 8 * 1024;

    private final Bootstrap bootstrap;
    private final HttpCheck check;

    HttpProbe(Bootstrap bootstrap, HttpCheck check) {
        this.bootstrap = bootstrap;
        this.check = check;
    }

    @Override
    public CompletionStage<ProbeResult> ask(InetSocketAddress address, Duration timeout) {
        Question question = new Question(timeout);
        return question.ask(bootstrap, address, new ChannelInitializer<Channel>() {
            @Override
            protected void initChannel(Channel channel) {
                ChannelPipeline pipeline = channel.pipeline();
                check.tls().handler(address).ifPresent(pipeline::addLast);
                pipeline.addLast(codec(), new HttpAnswer(question, check, check.request(address)));
            }
        });
    }

    private static HttpClientCodec codec() {
        HttpDecoderConfig limits = new HttpDecoderConfig()
                .setMaxInitialLineLength(MAX_LINE_BYTES)
                .setMaxHeaderSize(MAX_FIELDS_BYTES)
                .setMaxChunkSize(MAX_CHUNK_BYTES);
        return new HttpClientCodec(limits, false, false);
    }
}
