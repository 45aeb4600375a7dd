package io.evenkeel.proxy.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Octets of a head being written, gathered in an array because many small writes into a {@code ByteBuf} cost more. Event-loop confined. */
public final class HeadBuffer {

    private static final int INITIAL_BYTES = 4096;

    private byte[] bytes = new byte[INITIAL_BYTES];
    private int length;

    public void clear() {
        length = 0;
    }

    public int length() {
        return length;
    }

    public void put(byte b) {
        ensure(1);
        bytes[length++] = b;
    }

    public void put(byte[] from) {
        put(from, 0, from.length);
    }

    /** Appends {@code from[start, end)}. */
    public void put(byte[] from, int start, int end) {
        ensure(end - start);
        System.arraycopy(from, start, bytes, length, end - start);
        length += end - start;
    }

    /** Appends a number that is not negative, in decimal. */
    public void putDecimal(long value) {
        if (value >= 10) {
            putDecimal(value / 10);
        }
        put((byte) ('0' + value % 10));
    }

    /** Appends all 16 hexadecimal digits. */
    public void putHex(long value) {
        for (int shift = 60; shift >= 0; shift -= 4) {
            put(Octets.hexDigit((int) (value >>> shift)));
        }
    }

    private void ensure(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }

    public byte[] bytes() {
        return bytes;
    }

    /** <b>Ownership.</b> The caller releases the new buffer. */
    public ByteBuf toByteBuf(ByteBufAllocator alloc) {
        return alloc.directBuffer(length).writeBytes(bytes, 0, length);
    }

    /**
     * As above, into the memory of {@code spent} where that is nobody else's and large enough.
     *
     * <p><b>Ownership.</b> Takes {@code spent}; the caller releases what is returned.
     */
    public ByteBuf toByteBuf(@Nullable ByteBuf spent, ByteBufAllocator alloc) {
        if (spent == null) {
            return toByteBuf(alloc);
        }
        if (spent.refCnt() == 1 && !spent.isReadOnly() && spent.capacity() >= length) {
            return spent.clear().writeBytes(bytes, 0, length);
        }
        spent.release();
        return toByteBuf(alloc);
    }
}
