package io.evenkeel.proxy.health;

import io.evenkeel.balancer.health.HealthProbe;
import io.evenkeel.balancer.health.ProbeResult;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** Asks whether an endpoint accepts a TCP connection. Any thread. */
final class TcpProbe implements HealthProbe {

    private final Bootstrap bootstrap;

    TcpProbe(Bootstrap bootstrap) {
        this.bootstrap = bootstrap;
    }

    @Override
    public CompletionStage<ProbeResult> ask(InetSocketAddress address, Duration timeout) {
        Question question = new Question(timeout);
        return question.ask(bootstrap, address, new ChannelInboundHandlerAdapter() {
            @Override
            public void channelActive(ChannelHandlerContext context) {
                question.answer(ProbeResult.passed("connected"));
            }

            @Override
            public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
                question.fail(cause);
            }
        });
    }
}
