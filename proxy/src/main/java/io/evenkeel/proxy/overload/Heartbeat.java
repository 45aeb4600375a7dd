package io.evenkeel.proxy.overload;

import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/** How long one event loop takes to get round to a task. */
final class Heartbeat implements Runnable {

    private final Executor loop;
    private final LongSupplier clock;
    private long sentNanos;
    private long lastNanos;

    /** Publishes how long the task waited, −1 while it waits; the monitor and the loop write in turn. */
    private volatile long waitedNanos;

    Heartbeat(Executor loop, LongSupplier clock) {
        this.loop = loop;
        this.clock = clock;
    }

    /** How long the task before took, or this one has already; sends the next one when there is none. <b>Threading.</b> The monitor's. */
    long lagNanos() {
        long now = clock.getAsLong();
        long waited = waitedNanos;
        if (waited < 0) {
            return Math.max(lastNanos, now - sentNanos);
        }
        lastNanos = waited;
        sentNanos = now;
        waitedNanos = -1;
        loop.execute(this);
        return waited;
    }

    @Override
    public void run() {
        waitedNanos = clock.getAsLong() - sentNanos;
    }
}
