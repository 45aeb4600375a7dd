package io.evenkeel.proxy.tunnel;

import io.netty.buffer.ByteBuf;

/**
 * Knows where the frames of one direction of a WebSocket end, by their lengths alone: nothing is unmasked, copied or kept. Event-loop confined.
 *
 * <p><b>Spec.</b> RFC 6455 §5.2.
 */
final class WebSocketFrames {

    private static final int CLOSE = 8;
    private static final int MASK_BYTES = 4;
    /** From a length in this octet on, the length stands in the 2 octets behind it. */
    private static final int LENGTH_16 = 126;
    /** In 8 octets. */
    private static final int LENGTH_64 = 127;

    private enum State {
        FIRST_OCTET,
        SECOND_OCTET,
        LENGTH,
        PAYLOAD
    }

    private State state = State.FIRST_OCTET;
    private boolean masked;
    private int lengthOctets;
    private long left;
    private boolean close;
    private boolean closed;

    /**
     * Follows the octets of {@code in} from one index on.
     *
     * @param toBoundary stops behind the first frame that ends
     * @return the index behind the last octet followed
     */
    int follow(ByteBuf in, int from, boolean toBoundary) {
        int at = from;
        int end = in.writerIndex();
        while (at < end) {
            if (state == State.PAYLOAD) {
                int taken = (int) Math.min(left, end - at);
                at += taken;
                left -= taken;
            } else {
                head(in.getByte(at++));
            }
            if (state == State.PAYLOAD && left == 0) {
                endFrame();
                if (toBoundary) {
                    return at;
                }
            }
        }
        return at;
    }

    private void head(byte octet) {
        switch (state) {
            case FIRST_OCTET -> {
                close = (octet & 0x0f) == CLOSE;
                state = State.SECOND_OCTET;
            }
            case SECOND_OCTET -> {
                masked = octet < 0;
                length(octet & 0x7f);
            }
            default -> {
                left = left << 8 | (octet & 0xff);
                if (--lengthOctets == 0) {
                    payload();
                }
            }
        }
    }

    private void length(int first) {
        left = 0;
        lengthOctets = first == LENGTH_16 ? 2 : first == LENGTH_64 ? 8 : 0;
        if (lengthOctets > 0) {
            state = State.LENGTH;
        } else {
            left = first;
            payload();
        }
    }

    /** A length beyond 63 bits is none: whoever says so never comes to the end of that frame. */
    private void payload() {
        state = State.PAYLOAD;
        left = left < 0 || left > Long.MAX_VALUE - MASK_BYTES ? Long.MAX_VALUE : left + (masked ? MASK_BYTES : 0);
    }

    private void endFrame() {
        state = State.FIRST_OCTET;
        closed |= close;
    }

    /** Whether a frame of another origin may be put in here. */
    boolean atBoundary() {
        return state == State.FIRST_OCTET;
    }

    /** Whether a whole Close frame has passed, behind which no data may follow (RFC 6455 §5.5.1). */
    boolean closed() {
        return closed;
    }
}
