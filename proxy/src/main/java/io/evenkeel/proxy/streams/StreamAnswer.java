package io.evenkeel.proxy.streams;

import io.evenkeel.proxy.http2.HeaderList;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http2.Http2Stream;
import org.jspecify.annotations.Nullable;

/**
 * The response on one stream: HEADERS, DATA, perhaps HEADERS with trailers. The last frame is held back until it is known whether another follows, so that
 * END_STREAM stands on it and needs no empty frame of its own. Event-loop confined.
 *
 * <p><b>Ownership.</b> Holds a frame until the next one, {@link #flush}, {@link #end} or {@link #release}.
 */
final class StreamAnswer {

    private final ClientStreams connection;
    private final Http2Stream stream;
    private @Nullable HeaderList head;
    private @Nullable ByteBuf part;
    private boolean ended;

    StreamAnswer(ClientStreams connection, Http2Stream stream) {
        this.connection = connection;
        this.stream = stream;
    }

    /** <b>Ownership.</b> Takes {@code list}, to give it back to where spare ones are. */
    void head(HeaderList list) {
        flush();
        head = list;
    }

    /** <b>Ownership.</b> Releases {@code octets}. */
    void part(ByteBuf octets) {
        flush();
        part = octets;
    }

    /** Ends the response with trailers. */
    void trailers(HeaderList list) {
        flush();
        ended = true;
        connection.encoder().writeHeaders(connection.context(), stream.id(), list, 0, true, connection.promise());
    }

    /** Ends the response; {@code written} completes when all of it has been given to the kernel. */
    void end(ChannelPromise written) {
        if (ended) {
            written.setSuccess();
            return;
        }
        ended = true;
        if (head != null) {
            writeHead(true, written);
        } else {
            ByteBuf last = part == null ? Unpooled.EMPTY_BUFFER : part;
            part = null;
            connection.encoder().writeData(connection.context(), stream.id(), last, 0, true, written);
        }
    }

    /** Writes what is held back. */
    void flush() {
        if (head != null) {
            writeHead(false, connection.promise());
        }
        if (part != null) {
            ByteBuf octets = part;
            part = null;
            connection.encoder().writeData(connection.context(), stream.id(), octets, 0, false, connection.promise());
        }
    }

    private void writeHead(boolean last, ChannelPromise written) {
        HeaderList list = java.util.Objects.requireNonNull(head);
        head = null;
        connection.encoder().writeHeaders(connection.context(), stream.id(), list, 0, last, written);
        connection.scratch().giveBack(list);
    }

    /** Whether the response is complete, or on its way. */
    boolean ended() {
        return ended;
    }

    void release() {
        if (head != null) {
            connection.scratch().giveBack(head);
            head = null;
        }
        if (part != null) {
            part.release();
            part = null;
        }
    }
}
