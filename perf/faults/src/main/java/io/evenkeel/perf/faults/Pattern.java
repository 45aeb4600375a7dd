package io.evenkeel.perf.faults;

import io.netty.buffer.ByteBuf;

/** The one body that all messages have, of any length: whoever reads it can tell that nothing is missing, doubled or foreign. */
final class Pattern {

    /** No power of two, so that a piece of a buffer's size that is lost or doubled shows. */
    private static final int PERIOD = 23;

    private Pattern() {}

    /** Appends this many octets of it. */
    static void write(ByteBuf out, int bytes) {
        for (int i = 0; i < bytes; i++) {
            out.writeByte('a' + i % PERIOD);
        }
    }

    /**
     * Looks at the first of these octets, which begin at this position of a body.
     *
     * @throws IllegalStateException when they are not those
     */
    static void check(byte[] octets, long position, int bytes) {
        for (int i = 0; i < bytes; i++) {
            if (octets[i] != 'a' + (position + i) % PERIOD) {
                throw new IllegalStateException("octet " + (position + i) + " of a body is not what was sent");
            }
        }
    }
}
