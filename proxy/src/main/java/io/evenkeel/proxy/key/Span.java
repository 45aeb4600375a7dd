package io.evenkeel.proxy.key;

/** A range of somebody else's octets: {@code bytes[start, end)}. Reused; event-loop confined. */
public final class Span {

    private byte[] bytes = new byte[0];
    private int start;
    private int end;

    void set(byte[] of, int from, int to) {
        bytes = of;
        start = from;
        end = to;
    }

    public byte[] bytes() {
        return bytes;
    }

    public int start() {
        return start;
    }

    public int end() {
        return end;
    }
}
