package io.evenkeel.proxy.loop;

import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * The first handler of every io_uring channel: makes Netty read with one pending {@code recv} instead of waiting for {@code POLLIN} first, and close without
 * such a wait left behind.
 *
 * <p>Netty 4.2.18 polls a socket with an edge-triggered multishot poll before each read. An edge that comes while a read is under way is dropped; when it
 * was the one that announced the end of the connection, that end is never noticed: a peer's reset or FIN right behind its last bytes leaves the exchange
 * waiting until a time-out. A channel that believes there is more to read does not poll but submits the {@code recv}, which the kernel itself
 * completes when there is something, the end included. That belief is a private field; where it is not found, io_uring is not used.
 *
 * <p>To close a channel Netty cancels its read, and answers the cancellation with another poll if the channel still wants to read. That poll keeps the
 * socket alive in the kernel after its descriptor is gone: the peer is never sent a FIN. So a channel that closes first stops wanting to read.
 *
 * <p>Stateless: one for all channels.
 */
@Sharable
final class PromptReads extends ChannelDuplexHandler {

    static final PromptReads INSTANCE = new PromptReads();

    /** The field {@code socketHasMoreData}, or null where Netty has none any more. */
    private static final @Nullable VarHandle BELIEF = find();

    private PromptReads() {}

    private static @Nullable VarHandle find() {
        try {
            Class<?> type = Class.forName("io.netty.channel.uring.AbstractIoUringChannel");
            return MethodHandles.privateLookupIn(type, MethodHandles.lookup())
                    .findVarHandle(type, "socketHasMoreData", boolean.class);
        } catch (ReflectiveOperationException e) {
            return null;
        }
    }

    static boolean available() {
        return BELIEF != null;
    }

    private static void expectMore(Channel channel) {
        if (BELIEF != null) {
            BELIEF.set(channel, true);
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        expectMore(context.channel());
    }

    /** Before anybody asks for the next read. */
    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        expectMore(context.channel());
        context.fireChannelReadComplete();
    }

    @Override
    public void close(ChannelHandlerContext context, ChannelPromise promise) {
        context.channel().config().setAutoRead(false);
        context.close(promise);
    }
}
