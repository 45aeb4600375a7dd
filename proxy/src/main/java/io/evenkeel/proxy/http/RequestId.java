package io.evenkeel.proxy.http;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/**
 * The id of one exchange: kept from the client where it is harmless, made here otherwise. Made ids are 128 random bits, which also serve as
 * trace id. Reused; event-loop confined.
 */
public final class RequestId {

    /** Longer ids, and ids of other octets than token octets, are replaced. */
    public static final int MAX_BYTES = 64;

    private static final int MADE_BYTES = 32;

    private final SplittableRandom random;
    private final byte[] bytes = new byte[MAX_BYTES];
    private int length;
    private boolean made;

    public RequestId(SplittableRandom random) {
        this.random = random;
    }

    /** Takes the client's id over, or makes one where it has none that may be kept. */
    public void settle(RequestHead head) {
        int line = head.fields().find(KnownField.X_REQUEST_ID, 0);
        FieldTable fields = head.fields();
        if (line < 0 || !keep(head.bytes(), fields.valueStart(line), fields.valueEnd(line))) {
            make();
        }
    }

    private boolean keep(byte[] from, int start, int end) {
        if (end - start > MAX_BYTES || !Octets.isAllToken(from, start, end)) {
            return false;
        }
        made = false;
        length = end - start;
        System.arraycopy(from, start, bytes, 0, length);
        return true;
    }

    /** Makes a new one. */
    public void make() {
        hex(bytes, 0, random.nextLong());
        hex(bytes, 16, random.nextLong());
        length = MADE_BYTES;
        made = true;
    }

    private static void hex(byte[] to, int offset, long value) {
        for (int i = 0; i < 16; i++) {
            to[offset + i] = Octets.hexDigit((int) (value >>> (60 - 4 * i)));
        }
    }

    /** A random number for a span id; never 0 (W3C Trace Context §3.2.2.4). */
    long spanId() {
        long id = random.nextLong();
        return id == 0 ? 1 : id;
    }

    /** Puts a trace id: this id where it was made here, otherwise new random bits. */
    void putTraceId(HeadBuffer out) {
        if (made) {
            out.put(bytes, 0, length);
        } else {
            out.putHex(spanId());
            out.putHex(random.nextLong());
        }
    }

    /** Whether this router made it. */
    boolean made() {
        return made;
    }

    public byte[] bytes() {
        return bytes;
    }

    public int length() {
        return length;
    }

    /** For logs. */
    @Override
    public String toString() {
        return new String(bytes, 0, length, StandardCharsets.US_ASCII);
    }
}
