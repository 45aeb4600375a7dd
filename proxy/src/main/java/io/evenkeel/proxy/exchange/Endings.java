package io.evenkeel.proxy.exchange;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.SocketChannel;
import java.util.function.BooleanSupplier;

/** The ways in which a client's connection ends. Stateless. */
final class Endings {

    private Endings() {}

    /** Closes once everything is written. */
    static void close(ChannelHandlerContext context) {
        context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }

    /** Closes this side once everything is written and leaves the other to the client, unless that is closed already. */
    static void finish(ChannelHandlerContext context, BooleanSupplier inputEnded) {
        context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(written -> {
            if (inputEnded.getAsBoolean() || !written.isSuccess()) {
                context.close();
            } else {
                ((SocketChannel) context.channel()).shutdownOutput();
            }
        });
    }

    /** Closes at once, in a way that no client takes for a proper end. */
    static void reset(ChannelHandlerContext context) {
        if (context.channel().isActive()) {
            context.channel().config().setOption(ChannelOption.SO_LINGER, 0);
        }
        context.close();
    }
}
