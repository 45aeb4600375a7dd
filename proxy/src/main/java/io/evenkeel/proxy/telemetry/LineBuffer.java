package io.evenkeel.proxy.telemetry;

import java.util.Arrays;

/** A growing run of ASCII bytes, one log line, used again for the next. Event-loop confined; no allocation once grown. */
final class LineBuffer {

    private static final byte[] HEX = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F'};
    private static final int FIRST_BYTES = 1024;

    /** Decimal digits of the longest long, with its sign. */
    private static final int LONGEST_NUMBER = 20;

    private byte[] bytes = new byte[FIRST_BYTES];
    private int length;

    void clear() {
        length = 0;
    }

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    /** Appends one ASCII character as it is. */
    void put(int ascii) {
        ensure(1);
        bytes[length++] = (byte) ascii;
    }

    /** Appends ASCII text as it is; for words of our own, never for anything from outside. */
    void put(String ascii) {
        int count = ascii.length();
        ensure(count);
        for (int i = 0; i < count; i++) {
            bytes[length++] = (byte) ascii.charAt(i);
        }
    }

    /** Appends a word of our own that was made ASCII bytes beforehand. */
    void put(byte[] ascii) {
        ensure(ascii.length);
        System.arraycopy(ascii, 0, bytes, length, ascii.length);
        length += ascii.length;
    }

    /**
     * Appends bytes as they are until one that is not in the set.
     *
     * @return the index of that one, or {@code to}
     */
    int putWhile(AsciiSet allowed, byte[] text, int from, int to) {
        ensure(to - from);
        byte[] target = bytes;
        int at = from;
        int end = length;
        while (at < to && allowed.contains(text[at] & 0xFF)) {
            target[end++] = text[at++];
        }
        length = end;
        return at;
    }

    /** Appends {@code \}, the letter and the value in as many hexadecimal digits as asked. */
    void putEscape(char letter, int value, int digits) {
        ensure(2 + digits);
        bytes[length++] = '\\';
        bytes[length++] = (byte) letter;
        for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4) {
            bytes[length++] = HEX[value >>> shift & 0xF];
        }
    }

    void putNumber(long value) {
        if (value < 0) {
            put('-');
            putNumber(-Math.max(value, -Long.MAX_VALUE));
            return;
        }
        ensure(LONGEST_NUMBER);
        int digits = 1;
        for (long rest = value / 10; rest > 0; rest /= 10) {
            digits++;
        }
        putDigits(value, digits);
    }

    /** Appends the last so many decimal digits of a value that is not negative, with leading zeros. */
    void putDigits(long value, int digits) {
        ensure(digits);
        long rest = value;
        for (int at = length + digits - 1; at >= length; at--) {
            bytes[at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length += digits;
    }

    private void ensure(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }
}
