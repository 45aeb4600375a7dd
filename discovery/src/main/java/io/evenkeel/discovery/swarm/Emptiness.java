package io.evenkeel.discovery.swarm;

import io.evenkeel.discovery.Scheduler;
import java.time.Duration;

/**
 * Judges whether something is really empty that was not empty before: only once that has been said for a while. A cluster that lost its
 * memory says so too.
 *
 * <p><b>Threading.</b> Confined to the {@link Scheduler}.
 */
public final class Emptiness {

    /** How long it must be said. */
    public static final Duration HOLD = Duration.ofSeconds(30);

    private final Scheduler scheduler;
    private boolean filledBefore;
    private boolean doubted;
    private long sinceNanos;

    /** @param filled whether there may have been something before anybody asks */
    public Emptiness(Scheduler scheduler, boolean filled) {
        this.scheduler = scheduler;
        this.filledBefore = filled;
    }

    /** Whether what is said now is not to be believed yet. To be asked each time something is said. */
    public boolean doubts(boolean empty) {
        if (!empty) {
            filledBefore = true;
            doubted = false;
            return false;
        }
        if (filledBefore && !doubted) {
            doubted = true;
            sinceNanos = scheduler.nanoTime();
        }
        if (doubted && scheduler.nanoTime() - sinceNanos >= HOLD.toNanos()) {
            doubted = false;
            filledBefore = false;
        }
        return doubted;
    }
}
