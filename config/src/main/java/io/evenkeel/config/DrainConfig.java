package io.evenkeel.config;

import java.time.Duration;

/**
 * How an endpoint is left that is to get nothing new: because an operator drains it, discovery dropped it or it is in maintenance.
 *
 * @param deadline how long what is in flight may go on, event streams included. Duration, ≥ 0s, default 5m. 0s is without end.
 * @param sticky how long clients with a sticky cookie or a learned key are still sent to an endpoint that an operator drains. Duration, ≥ 0s, default 30s. 0s
 *     is not at all.
 * @param tag the tag that means drain. Tag, default drain. Such an endpoint gets nothing new as long as a source says so.
 */
public record DrainConfig(
        @Knob(byDefault = "5m", need = Knob.Need.FREQUENT) Duration deadline,
        @Knob(byDefault = "30s") Duration sticky,
        @Knob(byDefault = "drain", format = TextFormat.TAG) String tag) {

    /** What a file that says nothing gets. */
    public static DrainConfig defaults() {
        return Binder.defaults(DrainConfig.class);
    }
}
