package io.evenkeel.proxy.ratelimit;

import io.evenkeel.config.RateLimitConfig;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The arithmetic of a rate and a burst: the generic cell rate algorithm (ITU-T I.371, annex A), which does what a token bucket does with no more than
 * the time at which the bucket will be full again. Immutable.
 *
 * <p>Times are nanoseconds since a moment of the caller's, 0 or more. The time per request is rounded up to whole nanoseconds, so a limit is never exceeded.
 */
final class Gcra {

    /** What {@link #take} returns for a request that is within the limit. */
    static final long TAKEN = 0;

    private final long intervalNanos;
    private final long burstNanos;

    Gcra(RateLimitConfig config) {
        long per = config.per().toNanos();
        intervalNanos = (per + config.requests() - 1) / config.requests();
        int burst = config.burst() == 0 ? config.requests() : config.burst();
        burstNanos = saturated(intervalNanos, burst);
    }

    /** The product, or a century, which is forever here and leaves room for sums. */
    private static long saturated(long interval, int burst) {
        long century = Long.MAX_VALUE / 3;
        return interval > century / burst ? century : interval * burst;
    }

    /**
     * Takes one request out of a bucket, or leaves that as it is. Any thread; without a lock.
     *
     * @param fullNanos when the bucket will be full
     * @return {@link #TAKEN}, or how many nanoseconds later the request would be
     */
    long take(AtomicLong fullNanos, long nowNanos) {
        while (true) {
            long full = fullNanos.get();
            long next = Math.max(full, nowNanos) + intervalNanos;
            long over = next - nowNanos - burstNanos;
            if (over > 0) {
                return over;
            }
            if (fullNanos.compareAndSet(full, next)) {
                return TAKEN;
            }
        }
    }
}
