package io.evenkeel.discovery;

import java.time.Duration;
import java.time.Instant;

/**
 * The control plane's thread and its clocks. Everything that decides about endpoints runs here, one task at a time, so none of it needs
 * a lock; tests put a clock of their own behind it.
 *
 * <p><b>Threading.</b> Callable from any thread.
 */
public interface Scheduler {

    /** Runs a task as soon as those before it are done. */
    void execute(Runnable task);

    /** Runs a task once, after at least this delay. */
    Timer schedule(Runnable task, Duration delay);

    /** Elapsed time in nanoseconds since some fixed moment. */
    long nanoTime();

    /** Wall clock, for what people read. */
    Instant now();

    /** A task that waits for its time. */
    interface Timer {

        /** Makes the task not run, unless it already does or did. */
        void cancel();
    }
}
