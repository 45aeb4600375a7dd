package io.evenkeel.proxy.loop;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;

/** What all connections of the data plane have in common. */
public final class Sockets {

    public static final ByteBufAllocator ALLOCATOR = PooledByteBufAllocator.DEFAULT;

    /** A connection that holds more than the high mark makes the other side stop reading until it holds less than the low one. */
    public static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(64 * 1024, 256 * 1024);

    /**
     * How much is asked of the kernel at once, in bytes: never less than a head of usual size, written anew, has room in; more while bodies fill it.
     */
    public static final RecvByteBufAllocator READ_BYTES = new AdaptiveRecvByteBufAllocator(2048, 2048, 64 * 1024);

    private Sockets() {}

    /**
     * Tells the peer, behind all that was written, that nothing follows, and goes on reading; over TLS by a close_notify first (RFC 8446 §6.1).
     *
     * @param told run once that has been done; never, if the connection breaks before
     */
    public static void finish(ChannelHandlerContext context, Runnable told) {
        SslHandler tls = context.pipeline().get(SslHandler.class);
        ChannelFuture last = context.writeAndFlush(Unpooled.EMPTY_BUFFER);
        (tls == null ? last : tls.closeOutbound()).addListener(written -> {
            if (written.isSuccess()) {
                ((DuplexChannel) context.channel()).shutdownOutput().addListener(shut -> told.run());
            }
        });
    }

    /** Closes at once, in a way that nobody takes for a proper end. */
    public static void reset(ChannelHandlerContext context) {
        if (context.channel().isActive()) {
            context.channel().config().setOption(ChannelOption.SO_LINGER, 0);
        }
        context.close();
    }
}
