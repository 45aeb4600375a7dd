package io.evenkeel.proxy.loop;

import io.netty.channel.Channel;
import io.netty.channel.uring.IoUringSocketChannel;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * Makes Netty's io_uring channels read with one pending {@code recv} instead of waiting for {@code POLLIN} first.
 *
 * <p>Netty 4.2.18 polls a socket with an edge-triggered multishot poll before each read. An edge that comes while a read is under way is dropped; when it
 * was the one that announced the end of the connection, that end is never noticed: a peer's reset or FIN right behind its last bytes leaves the exchange
 * waiting until a time-out. A channel that believes there is more to read does not poll but submits the {@code recv}, which the kernel itself
 * completes when there is something, the end included. That belief is a private field; where it is not found, io_uring is not used.
 */
public final class PromptReads {

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

    /** To be called when a handler is added to the channel and whenever a read is complete, before the next one is asked for. */
    public static void expect(Channel channel) {
        if (BELIEF != null && channel instanceof IoUringSocketChannel) {
            BELIEF.set(channel, true);
        }
    }
}
