package io.evenkeel.config;

import java.time.Duration;

/**
 * The phi accrual failure detector (Hayashibara et al., 2004) on the times at which health checks pass: phi is minus the decimal logarithm of the
 * probability that an endpoint which is well has been silent for so long.
 *
 * @param weakenAt the phi from which on the endpoint's weight falls. Count, 1 to 16, default 4.
 * @param ejectAt the phi from which on it is ejected. Count, 1 to 16, default 8. More makes fewer mistakes; less finds dead endpoints sooner.
 * @param samples how many of the last passed checks are looked at. Count, 10 to 1000, default 100.
 * @param minDeviation the least standard deviation that is assumed. Duration, ≥ 1ms, default 100ms. More forgives more jitter.
 * @param acceptablePause silence that is forgiven besides. Duration, ≥ 0s, default 1s. More rides out garbage collections; less finds dead endpoints sooner.
 */
public record PhiConfig(
        @Knob(byDefault = "4", min = "1", max = "16") int weakenAt,
        @Knob(byDefault = "8", min = "1", max = "16") int ejectAt,
        @Knob(byDefault = "100", min = "10", max = "1000") int samples,
        @Knob(byDefault = "100ms", min = "1ms") Duration minDeviation,
        @Knob(byDefault = "1s") Duration acceptablePause) {

    /** What a file that says nothing gets. */
    public static PhiConfig defaults() {
        return Binder.defaults(PhiConfig.class);
    }
}
