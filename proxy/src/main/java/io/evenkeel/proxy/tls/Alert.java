package io.evenkeel.proxy.tls;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** A fatal alert that is sent before there are keys, so that it is a record of seven octets (RFC 8446 §6). */
enum Alert {
    UNEXPECTED_MESSAGE(10),
    RECORD_OVERFLOW(22),
    DECODE_ERROR(50),
    UNRECOGNIZED_NAME(112),
    NO_APPLICATION_PROTOCOL(120);

    private static final byte TYPE = 21;
    private static final byte FATAL = 2;

    private final byte description;

    Alert(int description) {
        this.description = (byte) description;
    }

    /** The record; the version is the one that all records carry since TLS 1.2. */
    ByteBuf record() {
        return Unpooled.wrappedBuffer(new byte[] {TYPE, 3, 3, 0, 2, FATAL, description});
    }
}
