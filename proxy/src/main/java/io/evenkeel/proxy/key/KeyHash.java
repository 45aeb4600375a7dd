package io.evenkeel.proxy.key;

import io.evenkeel.balancer.policy.LoadBalancer;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Turns octets into a key of 64 bits, never {@link LoadBalancer#NO_KEY}. Event-loop confined.
 *
 * <p>It is SipHash-2-4 (Aumasson and Bernstein, "SipHash: a fast short-input PRF", 2012): quick on the few octets that a key has, well mixed in
 * every bit, and with a secret seed not to be steered by who chooses the octets.
 */
public final class KeyHash {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** Stands in for the one hash that means none. */
    private static final long INSTEAD_OF_NO_KEY = 1;

    private final HashSeed seed;
    private long v0;
    private long v1;
    private long v2;
    private long v3;

    public KeyHash(HashSeed seed) {
        this.seed = seed;
    }

    /** The key that {@code bytes[start, end)} stands for. */
    public long of(byte[] bytes, int start, int end) {
        long hash = sip(bytes, start, end);
        return hash == LoadBalancer.NO_KEY ? INSTEAD_OF_NO_KEY : hash;
    }

    long sip(byte[] bytes, int start, int end) {
        v0 = seed.k0() ^ 0x736f6d6570736575L;
        v1 = seed.k1() ^ 0x646f72616e646f6dL;
        v2 = seed.k0() ^ 0x6c7967656e657261L;
        v3 = seed.k1() ^ 0x7465646279746573L;
        int at = start;
        for (; end - at >= Long.BYTES; at += Long.BYTES) {
            absorb((long) LONGS.get(bytes, at));
        }
        long last = (long) (end - start) << 56;
        for (int shift = 0; at < end; shift += Byte.SIZE) {
            last |= (bytes[at++] & 0xffL) << shift;
        }
        absorb(last);
        v2 ^= 0xff;
        rounds(4);
        return v0 ^ v1 ^ v2 ^ v3;
    }

    private void absorb(long word) {
        v3 ^= word;
        rounds(2);
        v0 ^= word;
    }

    private void rounds(int count) {
        for (int i = 0; i < count; i++) {
            v0 += v1;
            v1 = Long.rotateLeft(v1, 13) ^ v0;
            v0 = Long.rotateLeft(v0, 32);
            v2 += v3;
            v3 = Long.rotateLeft(v3, 16) ^ v2;
            v0 += v3;
            v3 = Long.rotateLeft(v3, 21) ^ v0;
            v2 += v1;
            v1 = Long.rotateLeft(v1, 17) ^ v2;
            v2 = Long.rotateLeft(v2, 32);
        }
    }
}
