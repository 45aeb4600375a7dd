package io.evenkeel.proxy.key;

/**
 * The octets of a path as a text that a regular expression can be matched against, and that may be looked at only so often. Reused; event-loop
 * confined.
 */
final class PathText implements CharSequence {

    /** 16,384: every octet of the longest text 16 times, some 0.1 ms at worst. An expression that needs more is looking for trouble. */
    static final int MAX_STEPS = 16 * 1024;

    /** Tells that the text was looked at too often. */
    static final class OutOfSteps extends RuntimeException {

        private static final long serialVersionUID = 1;

        private OutOfSteps() {
            super("the expression takes too many steps", null, false, false);
        }
    }

    private byte[] bytes = new byte[0];
    private int start;
    private int length;
    private int steps;

    /** From now on it is {@code of[from, to)}, and may be looked at as often as any other. */
    void reset(byte[] of, int from, int to) {
        bytes = of;
        start = from;
        length = to - from;
        steps = 0;
    }

    @Override
    public int length() {
        return length;
    }

    @Override
    public char charAt(int index) {
        if (++steps > MAX_STEPS) {
            throw new OutOfSteps();
        }
        return (char) (bytes[start + index] & 0xff);
    }

    @Override
    public CharSequence subSequence(int from, int to) {
        PathText part = new PathText();
        part.reset(bytes, start + from, start + to);
        return part;
    }

    @Override
    public String toString() {
        return new String(bytes, start, length, java.nio.charset.StandardCharsets.ISO_8859_1);
    }
}
