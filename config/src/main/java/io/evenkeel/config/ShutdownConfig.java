package io.evenkeel.config;

import java.time.Duration;

/**
 * How the router leaves: readiness off and still accepting for {@code grace}, then finishing until {@code deadline}.
 *
 * @param grace how long new connections are still accepted after SIGTERM, with readiness off. Duration, ≥ 0s, default
 *     0s. More gives what is in front time to notice; it delays every stop.
 * @param deadline when what is left is cut, from SIGTERM on. Duration, ≥ 0s, default 30s. More lets long exchanges
 *     finish; Docker's own {@code stop_grace_period} must be longer.
 */
public record ShutdownConfig(
        @Knob(byDefault = "0s", need = Knob.Need.FREQUENT) Duration grace,
        @Knob(byDefault = "30s", need = Knob.Need.FREQUENT) Duration deadline) {

    /** What a file that says nothing gets. */
    public static ShutdownConfig defaults() {
        return Binder.defaults(ShutdownConfig.class);
    }
}
