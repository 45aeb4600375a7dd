package io.evenkeel.proxy.health;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A frame of CQL's native protocol, as far as OPTIONS and its answers need it.
 *
 * <p><b>Spec.</b> native_protocol_v4.spec §2 (header), §4.1.5 (OPTIONS), §4.2.1 (ERROR), §4.2.4 (SUPPORTED); v1 and v2 have stream ids of one octet.
 *
 * @param body bytes that belong to somebody else
 */
record CqlFrame(int opcode, ByteBuf body) {

    static final int ERROR = 0x00;
    static final int SUPPORTED = 0x06;

    /** The code of an ERROR about the protocol itself, above all: that the server does not speak this version. */
    static final int PROTOCOL_ERROR = 0x0a;

    private static final int OPTIONS = 0x05;

    /** What every server of the last ten years speaks. */
    private static final int VERSION = 4;

    private static final int RESPONSE = 0x80;

    /** Bytes: many times what SUPPORTED has. */
    private static final int MAX_BODY_BYTES = 64 * 1024;

    /** Version 4, no flags, stream 0, without a body. */
    static ByteBuf options() {
        return Unpooled.buffer()
                .writeByte(VERSION)
                .writeByte(0)
                .writeShort(0)
                .writeByte(OPTIONS)
                .writeInt(0);
    }

    /**
     * The answer that these octets begin with; null: it is not complete.
     *
     * @throws IllegalArgumentException with the reason if they are none
     */
    static @Nullable CqlFrame read(ByteBuf in) {
        if (!in.isReadable()) {
            return null;
        }
        int first = in.getUnsignedByte(in.readerIndex());
        int version = first & ~RESPONSE;
        if ((first & RESPONSE) == 0 || version == 0 || version > 0x40) {
            throw new IllegalArgumentException("what is no CQL");
        }
        int header = version < 3 ? 8 : 9;
        if (in.readableBytes() < header) {
            return null;
        }
        int opcode = in.getUnsignedByte(in.readerIndex() + header - 5);
        int length = in.getInt(in.readerIndex() + header - 4);
        check(opcode, length);
        return in.readableBytes() < header + length
                ? null
                : new CqlFrame(opcode, in.slice(in.readerIndex() + header, length));
    }

    private static void check(int opcode, int length) {
        if (opcode != ERROR && opcode != SUPPORTED) {
            throw new IllegalArgumentException("opcode " + opcode + " (expected: SUPPORTED)");
        }
        if (length < 0 || length > MAX_BODY_BYTES) {
            throw new IllegalArgumentException("a frame of " + Integer.toUnsignedString(length) + " octets");
        }
    }

    /** An [int]: the code of an ERROR. */
    int number() {
        need(Integer.BYTES);
        return body.readInt();
    }

    /** A [string]. */
    String string() {
        need(Short.BYTES);
        int length = body.readUnsignedShort();
        need(length);
        return body.readCharSequence(length, StandardCharsets.UTF_8).toString();
    }

    /** The values of this option in a [string multimap], which must be all that there is. */
    List<String> options(String wanted) {
        List<String> found = new ArrayList<>();
        need(Short.BYTES);
        for (int options = body.readUnsignedShort(); options > 0; options--) {
            String name = string();
            need(Short.BYTES);
            for (int values = body.readUnsignedShort(); values > 0; values--) {
                String value = string();
                if (name.equals(wanted)) {
                    found.add(value);
                }
            }
        }
        if (body.isReadable()) {
            throw new IllegalArgumentException("a frame with more than it should have");
        }
        return found;
    }

    private void need(int octets) {
        if (body.readableBytes() < octets) {
            throw new IllegalArgumentException("a frame that is cut short");
        }
    }
}
