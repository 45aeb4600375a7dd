package io.evenkeel.proxy.http;

/** The grammar of {@code traceparent} (W3C Trace Context §3.2.2). Stateless. */
final class TraceParent {

    private static final int LENGTH = 55;

    private TraceParent() {}

    /** Whether line {@code line} holds a version 00 value whose ids are not all zero. */
    static boolean valid(RequestHead head, int line) {
        byte[] bytes = head.bytes();
        int start = head.fields().valueStart(line);
        if (head.fields().valueEnd(line) - start != LENGTH || bytes[start] != '0' || bytes[start + 1] != '0') {
            return false;
        }
        for (int i = 2; i < LENGTH; i++) {
            boolean dash = i == 2 || i == 35 || i == 52;
            if (dash ? bytes[start + i] != '-' : !isLowerHex(bytes[start + i])) {
                return false;
            }
        }
        return !allZero(bytes, start + 3, start + 35) && !allZero(bytes, start + 36, start + 52);
    }

    private static boolean isLowerHex(byte b) {
        return Octets.isDigit(b) || (b >= 'a' && b <= 'f');
    }

    private static boolean allZero(byte[] bytes, int start, int end) {
        for (int i = start; i < end; i++) {
            if (bytes[i] != '0') {
                return false;
            }
        }
        return true;
    }
}
