package io.evenkeel.proxy.tcp;

import io.evenkeel.proxy.tls.ClientHello;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/**
 * What a client has sent before there is an endpoint to send it to. As much as a hello may be long, and what one read brings. Event-loop confined.
 *
 * <p><b>Ownership.</b> Its own, until {@link #moveTo} or {@link #release}.
 */
final class HeldBytes {

    private ByteBuf bytes = Unpooled.EMPTY_BUFFER;
    private @Nullable String server;

    /** Takes over a buffer. */
    void add(ByteBuf more) {
        if (!bytes.isReadable()) {
            bytes.release();
            bytes = more;
        } else {
            bytes = append(more);
        }
    }

    /** Copies: it happens once or twice in the life of a connection, to a few hundred bytes. */
    private ByteBuf append(ByteBuf more) {
        try {
            ByteBuf room = bytes;
            if (!room.isWritable(more.readableBytes())) {
                room = more.alloc().buffer(2 * (bytes.readableBytes() + more.readableBytes()));
                room.writeBytes(bytes);
                bytes.release();
            }
            return room.writeBytes(more);
        } finally {
            more.release();
        }
    }

    boolean isEmpty() {
        return !bytes.isReadable();
    }

    /** Whether they name a server. */
    HelloVerdict readHello(int maxBytes) {
        ClientHello hello = new ClientHello(maxBytes, maxBytes);
        return switch (hello.read(bytes)) {
            case INCOMPLETE -> HelloVerdict.INCOMPLETE;
            case NOT_TLS, ANOTHER_MESSAGE -> HelloVerdict.NAMELESS;
            case TOO_LARGE -> HelloVerdict.TOO_LONG;
            case MALFORMED -> HelloVerdict.MALFORMED;
            case COMPLETE -> take(hello.serverName());
        };
    }

    private HelloVerdict take(String name) {
        server = name.isEmpty() ? null : name;
        return server == null ? HelloVerdict.NAMELESS : HelloVerdict.NAMED;
    }

    /** The server that was named. */
    @Nullable
    String server() {
        return server;
    }

    /** Sends them, and holds none any more. */
    void moveTo(RelayEnd end) {
        if (bytes.isReadable()) {
            end.write(bytes);
        } else {
            bytes.release();
        }
        bytes = Unpooled.EMPTY_BUFFER;
    }

    void release() {
        bytes.release();
        bytes = Unpooled.EMPTY_BUFFER;
    }
}
