package io.evenkeel.proxy.overload;

import io.evenkeel.config.OverloadConfig;
import java.util.function.LongSupplier;

/**
 * The heap in use after its last full collection: what could not be freed. What has been allocated since says nothing, because it may be garbage.
 *
 * <p>A router that turns requests away allocates next to nothing, so nothing is collected, and the last collection would keep it overloaded for ever. Hence it
 * asks for a collection itself, seldom, while the heap is what keeps an action in force.
 */
final class HeapPressure implements Pressure {

    /** 10 s: a full collection of the heap the launcher sets takes some 100 ms, so that this costs one per cent of the time. */
    static final long ASK_NANOS = 10_000_000_000L;

    private static final double PERCENT = 100;

    /** The part of the heap where what lives long ends up, as its last collection left it. */
    interface Heap {

        long usedBytes();

        long maxBytes();

        /** How often it was collected. */
        long collections();

        void collect();
    }

    private final Heap heap;
    private final LongSupplier clock;
    private long collections = -1;
    private long collectedAtNanos;

    /** @param clock nanoseconds since some moment */
    HeapPressure(Heap heap, LongSupplier clock) {
        this.heap = heap;
        this.clock = clock;
    }

    @Override
    public double share(OverloadConfig limits) {
        double share = heap.usedBytes() * PERCENT / ((double) heap.maxBytes() * limits.heapPercent());
        refresh(share * PERCENT > limits.stopAcceptingAt() - Eased.MARGIN);
        return share;
    }

    private void refresh(boolean needed) {
        long now = clock.getAsLong();
        long count = heap.collections();
        if (count != collections) {
            collections = count;
            collectedAtNanos = now;
        } else if (needed && now - collectedAtNanos >= ASK_NANOS) {
            collectedAtNanos = now;
            heap.collect();
        }
    }
}
