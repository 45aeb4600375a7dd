package io.evenkeel.discovery.consul;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** An input that refuses to go on after so many bytes. */
final class BoundedInput extends FilterInputStream {

    private final long maxBytes;
    private long left;

    /** The answer is longer than anything reasonable. */
    static final class TooLong extends IOException {
        TooLong(long maxBytes) {
            super("more than " + (maxBytes >> 20) + " MiB");
        }
    }

    BoundedInput(InputStream in, long maxBytes) {
        super(in);
        this.maxBytes = maxBytes;
        this.left = maxBytes;
    }

    @Override
    public int read() throws IOException {
        int octet = super.read();
        count(octet < 0 ? 0 : 1);
        return octet;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int read = super.read(into, offset, length);
        count(Math.max(0, read));
        return read;
    }

    private void count(int bytes) throws TooLong {
        left -= bytes;
        if (left < 0) {
            throw new TooLong(maxBytes);
        }
    }
}
