package io.evenkeel.balancer.policy;

/**
 * What one event loop remembers between picks in one upstream: a cursor and a random sequence. Event-loop confined.
 *
 * <p>The random sequence is xorshift64 (Marsaglia 2003, shifts 13, 7, 17) behind one round of splitmix64, which turns neighbouring
 * seeds into unrelated sequences.
 */
public final class PickState {

    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private long random;
    private int cursor;

    /** @param seed gives each event loop its own sequence and its own first endpoint */
    public PickState(long seed) {
        long mixed = mix(seed + GOLDEN_GAMMA);
        this.random = mixed == 0 ? GOLDEN_GAMMA : mixed;
        this.cursor = (int) (mixed >>> 33);
    }

    /** The position to look at first, 0 to {@code size} − 1. */
    int cursor(int size) {
        if (cursor >= size) {
            cursor %= size;
        }
        return cursor;
    }

    /** Makes the position after this one the next to look at first; {@link #cursor} wraps it. */
    void advanceFrom(int position) {
        cursor = position + 1;
    }

    /** A random number, 0 to {@code bound} − 1: the high half scaled, which needs no division. */
    int random(int bound) {
        long x = random;
        x ^= x << 13;
        x ^= x >>> 7;
        x ^= x << 17;
        random = x;
        return (int) (((x >>> 32) * bound) >>> 32);
    }

    private static long mix(long seed) {
        long z = (seed ^ (seed >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
