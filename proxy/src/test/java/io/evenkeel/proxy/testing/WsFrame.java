package io.evenkeel.proxy.testing;

import java.nio.ByteBuffer;

/** Frames of a WebSocket as octets (RFC 6455 §5.2). */
public final class WsFrame {

    private static final int TEXT = 1;
    private static final int CLOSE = 8;
    private static final byte[] KEY = {0x11, 0x22, 0x33, 0x44};

    private WsFrame() {}

    /** A text frame as a server sends it. */
    public static byte[] fromServer(byte[] payload) {
        return frame(TEXT, payload, false);
    }

    /** A text frame as a client sends it: masked. */
    public static byte[] fromClient(byte[] payload) {
        return frame(TEXT, payload, true);
    }

    /** A Close frame with this status as a server sends it. */
    public static byte[] closeFromServer(int status) {
        return frame(CLOSE, new byte[] {(byte) (status >> 8), (byte) status}, false);
    }

    /** A Close frame with this status as a client sends it. */
    public static byte[] closeFromClient(int status) {
        return frame(CLOSE, new byte[] {(byte) (status >> 8), (byte) status}, true);
    }

    /** The status of a masked Close frame without a reason. */
    public static int statusOfMaskedClose(byte[] frame) {
        if (frame.length != 8 || frame[0] != (byte) 0x88 || frame[1] != (byte) 0x82) {
            throw new AssertionError("not a masked Close frame: " + Wire.visible(Wire.text(frame)));
        }
        return ((frame[6] ^ frame[2]) & 0xff) << 8 | ((frame[7] ^ frame[3]) & 0xff);
    }

    private static byte[] frame(int opcode, byte[] payload, boolean masked) {
        ByteBuffer out = ByteBuffer.allocate(payload.length + 14);
        int mask = masked ? 0x80 : 0;
        out.put((byte) (0x80 | opcode));
        if (payload.length < 126) {
            out.put((byte) (mask | payload.length));
        } else if (payload.length < 1 << 16) {
            out.put((byte) (mask | 126)).putShort((short) payload.length);
        } else {
            out.put((byte) (mask | 127)).putLong(payload.length);
        }
        if (masked) {
            out.put(KEY);
        }
        for (int i = 0; i < payload.length; i++) {
            out.put((byte) (masked ? payload[i] ^ KEY[i % KEY.length] : payload[i]));
        }
        byte[] octets = new byte[out.position()];
        out.flip().get(octets);
        return octets;
    }
}
