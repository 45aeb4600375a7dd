package io.evenkeel.proxy.http;

import io.netty.buffer.ByteBuf;

/** Takes the parts of a message in the order in which they are to be written. */
public interface BodySink {

    /** <b>Ownership.</b> The sink releases {@code part}. */
    void onPart(ByteBuf part);

    /**
     * The trailer section of a body whose chunks were taken off: valid field lines and the empty line.
     *
     * <p><b>Ownership.</b> The sink releases {@code lines}.
     */
    void onTrailers(ByteBuf lines);
}
