package io.evenkeel.discovery.swarm;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * When to look again. After news quickly, and then ever more slowly: the next look comes after a share of the time that has passed since, a
 * half, or a twentieth while tasks are on their way. Immutable but for the randomness.
 *
 * <p>So half a second is kept up for ten seconds of a rollout, and a task that will never start costs next to nothing after some minutes.
 */
final class Pace {

    /** Between looks at the least: tasks take longer than that to change. */
    private static final Duration QUICK = Duration.ofMillis(500);

    private static final int SHARE_WHEN_QUIET = 2;
    private static final int SHARE_WHEN_BUSY = 20;

    /** Spreads the looks of a cluster's routers, upwards only. */
    private static final double JITTER = 0.1;

    private final Duration slowest;
    private final RandomGenerator random;

    Pace(Duration slowest, RandomGenerator random) {
        this.slowest = slowest;
        this.random = random;
    }

    /** The longest time between looks, and between those at everything. */
    Duration slowest() {
        return slowest;
    }

    /** After a look that brought an answer. */
    Duration next(Duration sinceNews, boolean busy) {
        return spread(atMost(slowest, sinceNews.dividedBy(busy ? SHARE_WHEN_BUSY : SHARE_WHEN_QUIET)));
    }

    /** After this many failures in a row, at least one. */
    Duration retry(int failures) {
        return spread(atMost(slowest, QUICK.multipliedBy(1L << Math.min(failures - 1, 16))));
    }

    private static Duration atMost(Duration most, Duration wanted) {
        Duration least = wanted.compareTo(QUICK) < 0 ? QUICK : wanted;
        return least.compareTo(most) > 0 ? most : least;
    }

    private Duration spread(Duration delay) {
        return Duration.ofNanos((long) (delay.toNanos() * (1 + JITTER * random.nextDouble())));
    }
}
