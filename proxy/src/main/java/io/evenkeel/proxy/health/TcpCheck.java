package io.evenkeel.proxy.health;

import io.evenkeel.balancer.health.ProbeResult;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import java.net.InetSocketAddress;

/** Whether an endpoint accepts a TCP connection. Immutable. */
final class TcpCheck implements Check {

    @Override
    public CheckTls tls() {
        return CheckTls.NONE;
    }

    @Override
    public void begin(ChannelPipeline pipeline, Question question, InetSocketAddress address) {
        pipeline.addLast(new ChannelInboundHandlerAdapter() {
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
