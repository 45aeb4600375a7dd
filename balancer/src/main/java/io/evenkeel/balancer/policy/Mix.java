package io.evenkeel.balancer.policy;

import java.net.InetSocketAddress;

/** 64 bits from which nothing of the input can be told: the finalizer of splitmix64 (Steele, Lea and Flood 2014). */
final class Mix {

    /** 2⁶⁴ over the golden ratio, odd: its multiples, mixed, are a sequence of splitmix64. */
    static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    /** FNV-1a, 64 bits (draft-eastlake-fnv). */
    private static final long FNV_OFFSET = 0xCBF29CE484222325L;

    private static final long FNV_PRIME = 0x100000001B3L;

    private Mix() {}

    static long of(long input) {
        long z = (input ^ (input >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** Of an IP address and port: the same in every replica and every run. */
    static long of(InetSocketAddress address) {
        long hash = FNV_OFFSET;
        for (byte octet : address.getAddress().getAddress()) {
            hash = (hash ^ (octet & 0xFF)) * FNV_PRIME;
        }
        hash = (hash ^ (address.getPort() & 0xFF)) * FNV_PRIME;
        hash = (hash ^ (address.getPort() >>> 8)) * FNV_PRIME;
        return of(hash);
    }
}
