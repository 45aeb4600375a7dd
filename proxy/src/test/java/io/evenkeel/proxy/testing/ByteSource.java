package io.evenkeel.proxy.testing;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * A buffered stream of octets that remembers the first ones it has read, exactly as they came.
 *
 * <p><b>Threading.</b> One reader; {@link #seen} may be called from any thread.
 */
final class ByteSource {

    /** Memory kept per connection; nothing in the tables is longer. */
    private static final int REMEMBERED_BYTES = 1 << 20;

    private final InputStream in;
    private final byte[] buffer = new byte[16 * 1024];
    private final ByteArrayOutputStream seen = new ByteArrayOutputStream();
    private int position;
    private int limit;

    ByteSource(InputStream in) {
        this.in = in;
    }

    /** The next octet without taking it; -1 at the end of the stream. */
    int peek() throws IOException {
        return position < limit || fill() ? buffer[position] & 0xff : -1;
    }

    /** The next octet; {@link EOFException} at the end of the stream. */
    int take() throws IOException {
        int octet = peek();
        if (octet < 0) {
            throw new EOFException("closed after: " + Wire.visible(tail()));
        }
        position++;
        return octet;
    }

    /** Up to {@code length} octets into {@code target}; -1 at the end of the stream. */
    int take(byte[] target, int length) throws IOException {
        if (peek() < 0) {
            return -1;
        }
        int count = Math.min(length, limit - position);
        System.arraycopy(buffer, position, target, 0, count);
        position += count;
        return count;
    }

    /** Whether octets have been read from the socket that nobody has taken yet. */
    boolean hasBuffered() {
        return position < limit;
    }

    /** Everything read so far, taken or not, up to the memory limit. */
    byte[] seen() {
        synchronized (seen) {
            return seen.toByteArray();
        }
    }

    private boolean fill() throws IOException {
        int count = in.read(buffer, 0, buffer.length);
        position = 0;
        limit = Math.max(count, 0);
        synchronized (seen) {
            seen.write(buffer, 0, Math.min(limit, REMEMBERED_BYTES - seen.size()));
        }
        return count > 0;
    }

    private String tail() {
        String all = new String(seen(), StandardCharsets.ISO_8859_1);
        return all.substring(Math.max(0, all.length() - 200));
    }
}
