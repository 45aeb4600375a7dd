package io.evenkeel.config;

import java.time.Duration;

/**
 * How long the router waits for an endpoint. Zero: no limit, where the knob says so.
 *
 * @param connect for a TCP connection. Duration, ≥ 1ms, default 1s. More waits for far or busy endpoints; less moves on
 *     to another endpoint sooner.
 * @param pending for a connection when all are in use. Duration, ≥ 1ms, default 5s. More rides out bursts; less answers
 *     503 sooner.
 * @param responseHead from the request's end to the response head. Duration, ≥ 0s, default 60s. 0 is no limit. More
 *     lets slow answers finish; less frees permits from endpoints that hang, with 504.
 * @param idle silence in the middle of a response. Duration, ≥ 0s, default 60s. 0 is no limit. More lets event streams
 *     pause; less finds dead endpoints sooner.
 * @param total for the whole exchange, attempts included. Duration, ≥ 0s, default 0s. 0 is no limit. Less bounds what a
 *     client waits, and cuts long downloads.
 */
public record UpstreamTimeouts(
        @Knob(byDefault = "1s", min = "1ms", need = Knob.Need.FREQUENT) Duration connect,
        @Knob(byDefault = "5s", min = "1ms") Duration pending,
        @Knob(byDefault = "60s", need = Knob.Need.FREQUENT) Duration responseHead,
        @Knob(byDefault = "60s") Duration idle,
        @Knob(byDefault = "0s") Duration total) {

    /** What a file that says nothing gets. */
    public static UpstreamTimeouts defaults() {
        return Binder.defaults(UpstreamTimeouts.class);
    }
}
