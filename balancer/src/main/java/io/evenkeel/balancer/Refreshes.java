package io.evenkeel.balancer;

import io.evenkeel.discovery.Scheduler;
import java.time.Duration;

/**
 * Keeps what is asked for often from being done more often than every {@link #INTERVAL}: the first time at once, and once more after a
 * rest for all that asked meanwhile.
 *
 * <p><b>Threading.</b> Callable from any thread; does it on the caller's or on the {@link Scheduler}.
 */
final class Refreshes {

    /** At most 20 a second: as often as the merger tells changes. */
    static final Duration INTERVAL = Duration.ofMillis(50);

    private final Scheduler scheduler;
    private final Runnable refresh;

    /** Guarded by this. */
    private boolean resting;

    /** Guarded by this. */
    private boolean asked;

    Refreshes(Scheduler scheduler, Runnable refresh) {
        this.scheduler = scheduler;
        this.refresh = refresh;
    }

    /** Sees to it that it is done after this call. */
    void ask() {
        synchronized (this) {
            if (resting) {
                asked = true;
                return;
            }
            resting = true;
        }
        scheduler.schedule(this::rested, INTERVAL);
        refresh.run();
    }

    private void rested() {
        boolean again;
        synchronized (this) {
            again = asked;
            asked = false;
            resting = again;
        }
        if (again) {
            scheduler.schedule(this::rested, INTERVAL);
            refresh.run();
        }
    }
}
