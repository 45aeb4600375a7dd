package io.evenkeel.proxy.health;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;

/** The two messages of {@code grpc.health.v1.Health/Check}, as gRPC frames them: a flag, a length of four octets, and protobuf. */
final class HealthMessages {

    /** Octets: the flag that says whether the message is compressed, and its length. */
    private static final int PREFIX_BYTES = 5;

    /** Field 1 as octets with a length: {@code HealthCheckRequest.service}. */
    private static final int SERVICE = (1 << 3) | 2;

    /** Field 1 as a number: {@code HealthCheckResponse.status}. */
    private static final int STATUS = 1 << 3;

    /** Octets: a varint of 64 bits, seven bits in each. */
    private static final int MAX_VARINT_BYTES = 10;

    private HealthMessages() {}

    /** @param service empty: the server as a whole */
    static ByteBuf request(String service) {
        ByteBuf message = Unpooled.buffer();
        byte[] name = service.getBytes(StandardCharsets.UTF_8);
        if (name.length > 0) {
            message.writeByte(SERVICE);
            writeVarint(message, name.length);
            message.writeBytes(name);
        }
        ByteBuf prefix = Unpooled.buffer(PREFIX_BYTES).writeByte(0).writeInt(message.readableBytes());
        return Unpooled.wrappedBuffer(prefix, message);
    }

    /**
     * The serving status in the one framed message that these octets must be. Fields that later versions may add are passed over.
     *
     * @throws IllegalArgumentException with the reason if they are not
     */
    static int status(ByteBuf octets) {
        if (octets.readableBytes() < PREFIX_BYTES) {
            throw new IllegalArgumentException("without a message");
        }
        if (octets.readByte() != 0) {
            throw new IllegalArgumentException("with a compressed message, which nobody asked for");
        }
        if (octets.readInt() != octets.readableBytes()) {
            throw new IllegalArgumentException("with other than one whole message");
        }
        int status = 0; // proto3: what is 0 is not sent
        while (octets.isReadable()) {
            long tag = readVarint(octets);
            if (tag == STATUS) {
                status = (int) readVarint(octets);
            } else {
                skip(octets, tag);
            }
        }
        return status;
    }

    private static void skip(ByteBuf octets, long tag) {
        long length =
                switch ((int) tag & 7) {
                    case 0 -> {
                        readVarint(octets);
                        yield 0;
                    }
                    case 1 -> Long.BYTES;
                    case 2 -> readVarint(octets);
                    case 5 -> Integer.BYTES;
                    default -> throw malformed();
                };
        if (tag >>> 3 <= 1 || length < 0 || length > octets.readableBytes()) {
            throw malformed();
        }
        octets.skipBytes((int) length);
    }

    private static long readVarint(ByteBuf octets) {
        long value = 0;
        for (int i = 0; i < MAX_VARINT_BYTES && octets.isReadable(); i++) {
            byte octet = octets.readByte();
            value |= (octet & 0x7fL) << (7 * i);
            if (octet >= 0) {
                return value;
            }
        }
        throw malformed();
    }

    private static void writeVarint(ByteBuf octets, int value) {
        int rest = value;
        while (rest > 0x7f) {
            octets.writeByte(rest | 0x80);
            rest >>>= 7;
        }
        octets.writeByte(rest);
    }

    private static IllegalArgumentException malformed() {
        return new IllegalArgumentException("with a message that is no HealthCheckResponse");
    }
}
