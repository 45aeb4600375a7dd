package io.evenkeel.perf.faults;

import org.jspecify.annotations.Nullable;

/** A request of the load: when it was due, and how it went. Event-loop confined. */
final class Request {

    /** {@link System#nanoTime} at which it should have been sent. */
    final long dueNanos;

    /** Whether it may not be repeated: a POST. */
    final boolean unsafe;

    /** The connection it waits on. */
    @Nullable
    LoadConnection connection;

    /** How it ended; null while it has not. */
    @Nullable
    Ending ending;

    /** The status, 0 without one. */
    int status;

    /** {@link System#nanoTime} at which it ended. */
    long endNanos;

    Request(long dueNanos, boolean unsafe) {
        this.dueNanos = dueNanos;
        this.unsafe = unsafe;
    }

    /** From the time it was due to its end, ns. */
    long latencyNanos() {
        return endNanos - dueNanos;
    }
}
