package io.evenkeel.proxy.health;

import io.evenkeel.balancer.health.HealthProbe;
import io.evenkeel.balancer.health.ProbeResult;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** Asks a CQL server for its options, which it tells without a login, over a connection of its own. Any thread. */
final class CqlProbe implements HealthProbe {

    private final Bootstrap bootstrap;
    private final CheckTls tls;

    CqlProbe(Bootstrap bootstrap, CheckTls tls) {
        this.bootstrap = bootstrap;
        this.tls = tls;
    }

    @Override
    public CompletionStage<ProbeResult> ask(InetSocketAddress address, Duration timeout) {
        Question question = new Question(timeout);
        return question.ask(bootstrap, address, new ChannelInitializer<Channel>() {
            @Override
            protected void initChannel(Channel channel) {
                tls.handler(address).ifPresent(channel.pipeline()::addLast);
                channel.pipeline().addLast(new CqlAnswer(question));
            }
        });
    }
}
