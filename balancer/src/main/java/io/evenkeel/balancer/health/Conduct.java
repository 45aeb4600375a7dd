package io.evenkeel.balancer.health;

/**
 * How an endpoint behaved over an interval. Immutable.
 *
 * @param attempts those that ended
 * @param failures those of them that failed
 * @param heads response heads whose time is known
 * @param headNanos the sum of their times, in nanoseconds
 */
record Conduct(AttemptTally tally, long attempts, long failures, long heads, long headNanos) {

    /** The share of attempts that did not fail, 0 to 1. */
    double successRate() {
        return 1 - (double) Math.min(failures, attempts) / attempts;
    }

    /** Mean time to the response head, in nanoseconds. */
    double meanNanos() {
        return (double) headNanos / heads;
    }
}
