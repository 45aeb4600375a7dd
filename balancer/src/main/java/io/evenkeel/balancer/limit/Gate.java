package io.evenkeel.balancer.limit;

import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Lets in so many at once. Any thread; exact: never more are in than the limit in force when the last came.
 *
 * <p>The count stands in the middle of an array, 128 bytes from either end: its cache line, and the one prefetched with it, are shared with nothing.
 */
final class Gate {

    private static final int COUNT = 32;

    private final AtomicIntegerArray lines = new AtomicIntegerArray(2 * COUNT);

    /** Comes in, or is told that {@code limit} are in already. */
    boolean enter(int limit) {
        if (lines.getAndIncrement(COUNT) < limit) {
            return true;
        }
        lines.getAndDecrement(COUNT);
        return false;
    }

    void leave() {
        lines.getAndDecrement(COUNT);
    }

    /** How many are in. */
    int inside() {
        return lines.get(COUNT);
    }
}
