package io.evenkeel.rebalancer;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * So many moves an hour.
 *
 * <p><b>Threading.</b> Confined to one thread.
 */
final class Budget {

    private static final Duration HOUR = Duration.ofHours(1);

    private final int perHour;
    private final Deque<Instant> taken = new ArrayDeque<>();

    Budget(int perHour) {
        this.perHour = perHour;
    }

    /** Takes one, if one is left. */
    boolean take(Instant now) {
        while (!taken.isEmpty() && !taken.getFirst().plus(HOUR).isAfter(now)) {
            taken.removeFirst();
        }
        if (taken.size() >= perHour) {
            return false;
        }
        taken.addLast(now);
        return true;
    }
}
