package io.evenkeel.proxy.upstream;

import io.netty.buffer.ByteBuf;

/** The way to an endpoint that one exchange has to itself: its user's until it recycles or discards it. Event-loop confined. */
public interface UpstreamConnection {

    /** <b>Ownership.</b> Released by the connection. */
    void write(ByteBuf bytes);

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
