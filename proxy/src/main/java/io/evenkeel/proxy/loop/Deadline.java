package io.evenkeel.proxy.loop;

import org.jspecify.annotations.Nullable;

/**
 * A moment by which something must have happened. Set and moved at the price of a field write; belongs to one {@link DeadlineWheel}. Event-loop
 * confined.
 */
public final class Deadline {

    private final Runnable onPassed;
    long atNanos;
    /** The tick in whose slot this is linked; meaningless while {@link #list} is null. */
    long tick;

    @Nullable
    DeadlineList list;

    @Nullable
    Deadline previous;

    @Nullable
    Deadline next;

    /** @param onPassed run on the event loop, at most one wheel tick late, once per setting */
    public Deadline(Runnable onPassed) {
        this.onPassed = onPassed;
    }

    void pass() {
        onPassed.run();
    }
}
