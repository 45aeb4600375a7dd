package io.evenkeel.discovery.consul;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * When a watch may ask again: a token bucket while it is answered, ever longer pauses while it is not. Every pause varies, so that the
 * watches of a cluster do not ask in step.
 *
 * <p><b>Threading.</b> Confined to the scheduler.
 */
final class Pace {

    /** How many answers may follow one another without a pause. */
    private static final int BURST = 2;

    /** 50 ms: the first retry comes at once in human terms, and no loop is hot. */
    private static final long FIRST_NANOS = 50_000_000;

    /** 10 s: what a broken registry is spared costs as much in the time until its recovery is heard. */
    private static final long LONGEST_NANOS = 10_000_000_000L;

    private final long refillNanos;
    private final RandomGenerator random;
    private double tokens = BURST;
    private long countedNanos = Long.MIN_VALUE;
    private long pauseNanos = FIRST_NANOS;

    /** @param refill how often it may ask while every question is answered at once */
    Pace(Duration refill, RandomGenerator random) {
        this.refillNanos = refill.toNanos();
        this.random = random;
    }

    /** How long to wait after an answer that came at this time. */
    Duration afterAnswer(long nowNanos) {
        recovered();
        long passed = countedNanos == Long.MIN_VALUE ? 0 : nowNanos - countedNanos;
        countedNanos = nowNanos;
        tokens = Math.min(BURST, tokens + (double) passed / refillNanos) - 1;
        return tokens >= 0 ? Duration.ZERO : varied((long) (-tokens * refillNanos));
    }

    /** Failures start counting anew. */
    void recovered() {
        pauseNanos = FIRST_NANOS;
    }

    /** How long to wait after a failure: twice as long as after the one before. */
    Duration afterFailure() {
        long pause = pauseNanos;
        pauseNanos = Math.min(LONGEST_NANOS, 2 * pause);
        return varied(pause);
    }

    /** By a fifth either way. */
    private Duration varied(long nanos) {
        return Duration.ofNanos((long) (nanos * (0.8 + 0.4 * random.nextDouble())));
    }
}
