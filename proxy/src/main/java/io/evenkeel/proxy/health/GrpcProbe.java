package io.evenkeel.proxy.health;

import io.evenkeel.balancer.health.HealthProbe;
import io.evenkeel.balancer.health.ProbeResult;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** Calls the gRPC health service over a connection of its own, with prior knowledge of HTTP/2 or over TLS. Any thread. */
final class GrpcProbe implements HealthProbe {

    private final Bootstrap bootstrap;
    private final GrpcCheck check;

    GrpcProbe(Bootstrap bootstrap, GrpcCheck check) {
        this.bootstrap = bootstrap;
        this.check = check;
    }

    @Override
    public CompletionStage<ProbeResult> ask(InetSocketAddress address, Duration timeout) {
        Question question = new Question(timeout);
        return question.ask(bootstrap, address, new ChannelInitializer<Channel>() {
            @Override
            protected void initChannel(Channel channel) {
                check.tls().handler(address, "h2").ifPresent(channel.pipeline()::addLast);
                channel.pipeline().addLast(GrpcCall.of(question, check, address));
            }
        });
    }
}
