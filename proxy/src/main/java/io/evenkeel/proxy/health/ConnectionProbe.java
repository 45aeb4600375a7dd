package io.evenkeel.proxy.health;

import io.evenkeel.balancer.health.HealthProbe;
import io.evenkeel.balancer.health.ProbeResult;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** Asks each time over a connection of its own, encrypted where the check says so. Any thread. */
final class ConnectionProbe implements HealthProbe {

    private final Bootstrap bootstrap;
    private final Check check;

    ConnectionProbe(Bootstrap bootstrap, Check check) {
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
                check.begin(pipeline, question, address);
            }
        });
    }
}
