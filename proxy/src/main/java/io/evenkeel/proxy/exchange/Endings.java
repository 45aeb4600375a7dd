package io.evenkeel.proxy.exchange;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SslHandler;
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
            SslHandler tls = context.pipeline().get(SslHandler.class);
            if (inputEnded.getAsBoolean() || !written.isSuccess()) {
                context.close();
            } else if (tls == null) {
                ((SocketChannel) context.channel()).shutdownOutput();
            } else {
                finish(context, tls);
            }
        });
    }

    /** What the client still sends is thrown away: it is not decrypted for that, which would take memory for as long as it sends. */
    private static void finish(ChannelHandlerContext context, SslHandler tls) {
        tls.closeOutbound().addListener(said -> {
            if (said.isSuccess() && context.pipeline().get(SslHandler.class) == tls) {
                context.pipeline().remove(tls);
                ((SocketChannel) context.channel()).shutdownOutput();
            } else {
                context.close();
            }
        });
    }

    /** Closes at once, in a way that no client takes for a proper end: without TLS's word of it, too. */
    static void reset(ChannelHandlerContext context) {
        if (context.channel().isActive()) {
            context.channel().config().setOption(ChannelOption.SO_LINGER, 0);
        }
        ChannelHandlerContext first = context.pipeline().firstContext();
        (first == null ? context : first).close();
    }
}
