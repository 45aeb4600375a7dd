package io.evenkeel.proxy.http2;

import io.evenkeel.proxy.http.Octets;
import io.netty.util.AsciiString;
import java.util.Arrays;

/**
 * Names and values that were met before, so that a field which every response carries is neither copied nor hashed again. What is returned never
 * changes: a compression table may keep it. One per event loop; bounded.
 */
final class AsciiCache {

    /** A power of two. With {@link #MAX_BYTES} it bounds the cache to some 40 KiB. */
    private static final int SLOTS = 512;

    /** Longer texts seldom come again. */
    private static final int MAX_BYTES = 64;

    private final AsciiString[] slots = new AsciiString[SLOTS];

    AsciiCache() {
        Arrays.fill(slots, AsciiString.EMPTY_STRING);
    }

    /** The text {@code bytes[start, end)}. */
    AsciiString text(byte[] bytes, int start, int end) {
        int length = end - start;
        if (length > MAX_BYTES) {
            return new AsciiString(bytes, start, length, true);
        }
        int slot = slot(bytes, start, end);
        AsciiString known = slots[slot];
        if (Arrays.equals(known.array(), 0, known.length(), bytes, start, end)) {
            return known;
        }
        AsciiString fresh = new AsciiString(bytes, start, length, true);
        slots[slot] = fresh;
        return fresh;
    }

    /** The text {@code bytes[start, end)} in lower case. */
    AsciiString lower(byte[] bytes, int start, int end) {
        int hash = end - start;
        for (int i = start; i < end; i++) {
            hash = hash * 31 + Octets.lower(bytes[i]);
        }
        AsciiString known = slots[slot(hash)];
        if (Octets.equalsIgnoreCase(bytes, start, end, known.array())) {
            return known;
        }
        byte[] copy = new byte[end - start];
        for (int i = start; i < end; i++) {
            copy[i - start] = Octets.lower(bytes[i]);
        }
        AsciiString fresh = new AsciiString(copy, false);
        if (copy.length <= MAX_BYTES) {
            slots[slot(hash)] = fresh;
        }
        return fresh;
    }

    private static int slot(byte[] bytes, int start, int end) {
        int hash = end - start;
        for (int i = start; i < end; i++) {
            hash = hash * 31 + bytes[i];
        }
        return slot(hash);
    }

    private static int slot(int hash) {
        return (hash ^ hash >>> 9 ^ hash >>> 18) & (SLOTS - 1);
    }
}
