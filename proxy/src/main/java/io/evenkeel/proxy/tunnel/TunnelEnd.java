package io.evenkeel.proxy.tunnel;

import io.netty.buffer.ByteBuf;

/** One of the two ends of a tunnel, as a place to send bytes to. Event-loop confined. */
public interface TunnelEnd {

    /** <b>Ownership.</b> Takes {@code bytes}. */
    void write(ByteBuf bytes);

    /** Sends what was written. */
    void flush();

    /**
     * Tells this end, behind all that was written, that nothing follows; what it sends still counts.
     *
     * @param told run once it has been told; never, if the connection breaks before
     */
    void finish(Runnable told);
}
