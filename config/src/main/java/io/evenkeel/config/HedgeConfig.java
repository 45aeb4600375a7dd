package io.evenkeel.config;

import java.time.Duration;

/**
 * When a slow idempotent request without a body is tried at a second endpoint while the first try goes on. Counts as a retry.
 *
 * @param percentile the percentile of the upstream's times to the response head after which it is. Count, 50 to 99, default 95. More hedges less.
 * @param minDelay the least time before it is. Duration, ≥ 1ms, default 10ms. It may be up to 50ms later.
 */
public record HedgeConfig(
        @Knob(byDefault = "95", min = "50", max = "99") int percentile,
        @Knob(byDefault = "10ms", min = "1ms") Duration minDelay) {}
