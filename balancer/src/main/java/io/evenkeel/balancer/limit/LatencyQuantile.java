package io.evenkeel.balancer.limit;

/**
 * Follows a quantile of durations as they come, in the space of one number. Event-loop confined.
 *
 * <p>Each duration above the estimate raises it by a step, each below lowers it by a smaller one; where both balance, the asked share lies below. After
 * "frugal streaming" (Ma, Muthukrishnan, Sandler 2013), with steps in proportion to the estimate, so that microseconds and seconds are followed alike. It
 * hovers within about a tenth of the quantile, and follows a change within some hundred durations.
 */
public final class LatencyQuantile {

    /** Of the estimate: larger follows faster and hovers wider. */
    private static final double STEP = 0.05;

    /** Durations before the estimate is believed. */
    private static final int WARM_UP = 200;

    private double share;
    private double nanos;
    private int added;

    /** @param percentile which to follow, 1–99; another than before is approached from where the estimate is */
    public void configure(int percentile) {
        share = percentile / 100.0;
    }

    /** Takes note of one duration, in nanoseconds. */
    public void add(long duration) {
        if (nanos == 0) {
            nanos = duration;
        } else if (duration > nanos) {
            nanos *= 1 + STEP * share;
        } else {
            nanos *= 1 - STEP * (1 - share);
        }
        added = Math.min(added + 1, WARM_UP);
    }

    /** The estimate in nanoseconds; 0: too little is known. */
    public long nanos() {
        return added < WARM_UP ? 0 : (long) nanos;
    }
}
