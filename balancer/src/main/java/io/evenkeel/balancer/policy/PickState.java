package io.evenkeel.balancer.policy;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What one event loop remembers between picks in one upstream: a cursor and a random sequence. Event-loop confined.
 *
 * <p>The random sequence is xorshift64 (Marsaglia 2003, shifts 13, 7, 17) behind one round of splitmix64, which turns neighbouring
 * seeds into unrelated sequences.
 */
public final class PickState {

    private long random;
    private int cursor;
    private PickState[] branches = {};
    private @Nullable InFlightSample sample;

    /** @param seed gives each event loop its own sequence and its own first endpoint */
    public PickState(long seed) {
        long mixed = Mix.of(seed + Mix.GOLDEN_GAMMA);
        this.random = mixed == 0 ? Mix.GOLDEN_GAMMA : mixed;
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

    /** Makes this position the next to look at first. */
    void cursorAt(int position) {
        cursor = position;
    }

    /**
     * What is remembered for one of several groups of endpoints that are picked from apart: a cursor that serves two groups serves neither
     * in turn. Made at the first call and kept.
     */
    PickState branch(int number) {
        if (number >= branches.length) {
            grow(number);
        }
        return branches[number];
    }

    /** What was seen of the load of the endpoints that requests with keys go to. Made at the first call and kept. */
    InFlightSample inFlightSample() {
        InFlightSample seen = sample;
        if (seen == null) {
            seen = new InFlightSample();
            sample = seen;
        }
        return seen;
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

    private void grow(int number) {
        PickState[] grown = Arrays.copyOf(branches, number + 1);
        for (int i = branches.length; i < grown.length; i++) {
            grown[i] = new PickState(random + i);
        }
        branches = grown;
    }
}
