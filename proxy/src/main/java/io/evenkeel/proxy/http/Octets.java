package io.evenkeel.proxy.http;

import java.nio.charset.StandardCharsets;

/** What each octet may be in HTTP (RFC 9110 §5.5–5.6, RFC 9112 §3), and comparisons on ranges of octets. */
public final class Octets {

    private static final byte TOKEN = 1;
    private static final byte VALUE = 2;
    private static final byte TARGET = 4;
    private static final byte DIGIT = 8;
    private static final byte[] CLASS = classes();
    private static final byte[] HEX_VALUE = hexValues();
    private static final byte[] HEX_DIGIT = ascii("0123456789abcdef");

    private Octets() {}

    private static byte[] classes() {
        byte[] classes = new byte[256];
        for (int c = 0x21; c < 0x7f; c++) {
            classes[c] |= VALUE | TARGET;
        }
        classes['#'] &= ~TARGET;
        for (int c = 0x80; c < 0x100; c++) {
            classes[c] |= VALUE;
        }
        classes[' '] |= VALUE;
        classes['\t'] |= VALUE;
        for (int c = '0'; c <= '9'; c++) {
            classes[c] |= TOKEN | DIGIT;
        }
        for (int c = 'a'; c <= 'z'; c++) {
            classes[c] |= TOKEN;
            classes[c - 0x20] |= TOKEN;
        }
        for (byte c : ascii("!#$%&'*+-.^_`|~")) {
            classes[c] |= TOKEN;
        }
        return classes;
    }

    private static byte[] hexValues() {
        byte[] values = new byte[256];
        java.util.Arrays.fill(values, (byte) -1);
        for (int i = 0; i < 10; i++) {
            values['0' + i] = (byte) i;
        }
        for (int i = 10; i < 16; i++) {
            values['a' + i - 10] = (byte) i;
            values['A' + i - 10] = (byte) i;
        }
        return values;
    }

    public static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    public static boolean isToken(byte b) {
        return (CLASS[b & 0xff] & TOKEN) != 0;
    }

    /** Field content: VCHAR, obs-text, SP and HTAB, but no other control (RFC 9110 §5.5). */
    public static boolean isValue(byte b) {
        return (CLASS[b & 0xff] & VALUE) != 0;
    }

    /** Visible ASCII other than {@code #}: what a request target may hold once a fragment is ruled out. */
    public static boolean isTarget(byte b) {
        return (CLASS[b & 0xff] & TARGET) != 0;
    }

    public static boolean isDigit(byte b) {
        return (CLASS[b & 0xff] & DIGIT) != 0;
    }

    public static boolean isBlank(byte b) {
        return b == ' ' || b == '\t';
    }

    /** The value of a hexadecimal digit, or −1. */
    static int hex(byte b) {
        return HEX_VALUE[b & 0xff];
    }

    static byte hexDigit(int value) {
        return HEX_DIGIT[value & 0xf];
    }

    /** Lower case for letters; other octets as they are. */
    public static byte lower(byte b) {
        return b >= 'A' && b <= 'Z' ? (byte) (b + 0x20) : b;
    }

    /** Whether the range equals {@code lower} but for the case of letters; {@code lower} is lower case. */
    public static boolean equalsIgnoreCase(byte[] bytes, int start, int end, byte[] lower) {
        if (end - start != lower.length) {
            return false;
        }
        for (int i = 0; i < lower.length; i++) {
            if (lower(bytes[start + i]) != lower[i]) {
                return false;
            }
        }
        return true;
    }

    /** Whether the range equals {@code other} octet for octet. */
    public static boolean equals(byte[] bytes, int start, int end, byte[] other) {
        return java.util.Arrays.equals(bytes, start, end, other, 0, other.length);
    }

    /** Whether the range begins with {@code prefix} octet for octet. */
    public static boolean startsWith(byte[] bytes, int start, int end, byte[] prefix) {
        return end - start >= prefix.length
                && java.util.Arrays.equals(bytes, start, start + prefix.length, prefix, 0, prefix.length);
    }

    public static boolean isAllToken(byte[] bytes, int start, int end) {
        for (int i = start; i < end; i++) {
            if (!isToken(bytes[i])) {
                return false;
            }
        }
        return end > start;
    }
}
