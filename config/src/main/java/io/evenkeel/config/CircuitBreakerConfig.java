package io.evenkeel.config;

import java.util.Optional;

/**
 * How much an upstream is given at once; what is over is answered 503 with Retry-After. Counts are over all event loops. Connections and those who wait for one
 * are limited by {@code pool}.
 *
 * @param maxInFlight exchanges at work in the whole upstream. Count, ≥ 0, default 0. 0 is no limit.
 * @param maxInFlightPerEndpoint attempts in flight at one endpoint. Count, ≥ 0, default 0. 0 is no limit.
 * @param maxRetries attempts after the first at work in the whole upstream. Count, ≥ 0, default 0. 0 is no limit but the retry budget.
 * @param adaptive a limit of attempts in flight per endpoint that is found by measuring.
 */
public record CircuitBreakerConfig(
        @Knob(byDefault = "0", need = Knob.Need.FREQUENT) int maxInFlight,
        @Knob(byDefault = "0", need = Knob.Need.FREQUENT) int maxInFlightPerEndpoint,
        @Knob(byDefault = "0") int maxRetries,
        @Knob Optional<AdaptiveConfig> adaptive) {

    /** What a file that says nothing gets. */
    public static CircuitBreakerConfig defaults() {
        return Binder.defaults(CircuitBreakerConfig.class);
    }
}
