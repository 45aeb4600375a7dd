package io.evenkeel.proxy.telemetry;

import java.util.concurrent.atomic.AtomicLong;

/**
 * A count that one event loop adds to and anybody reads.
 *
 * <p><b>Threading.</b> {@link #add} is confined to one thread, so it needs no atomic addition; a release store publishes the count.
 */
final class LoopCounter {

    private final AtomicLong count = new AtomicLong();

    void increment() {
        add(1);
    }

    void add(long amount) {
        count.setRelease(count.getPlain() + amount);
    }

    long read() {
        return count.getAcquire();
    }

    static LoopCounter[] table(int size) {
        LoopCounter[] table = new LoopCounter[size];
        for (int i = 0; i < size; i++) {
            table[i] = new LoopCounter();
        }
        return table;
    }
}
