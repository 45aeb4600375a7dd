package io.evenkeel.proxy.upstream;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** The way to an endpoint that one exchange has to itself: its user's until it recycles or discards it. Event-loop confined. */
public interface UpstreamConnection {

    /**
     * Writes the head of a request, as HTTP/1.1 has it.
     *
     * <p><b>Ownership.</b> Released by the connection.
     */
    void writeHead(ByteBuf head);

    /**
     * Writes a part of the body, in the framing of HTTP/1.1 where the transport has none of its own.
     *
     * <p><b>Ownership.</b> Released by the connection.
     */
    void write(ByteBuf part);

    /**
     * The request is complete. Where the transport does not frame bodies, the octets that end one, trailers included, are parts of it already.
     *
     * <p><b>Ownership.</b> Takes {@code trailers}, field lines and the empty line, or null where there are none.
     */
    void end(@Nullable ByteBuf trailers);

    /** Sends what was written. */
    void flush();

    /** False: what is written now piles up in memory. */
    boolean isWritable();

    /** Reads on, or leaves further bytes where they are, so that the endpoint is told to wait. */
    void reading(boolean on);

    /** Gives it back for the next exchange. Only after a response that was complete and let the connection live. */
    void recycle();

    /** Ends it; its user hears no more of it. */
    void discard();

    /** Whether exchanges went over the connection before: only then may the endpoint have closed it just when it was used again. */
    boolean reused();
}
