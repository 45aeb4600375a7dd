package io.evenkeel.config;

import java.time.Duration;

/**
 * How long a listener waits for its clients. A zero duration means no limit where the knob says so.
 *
 * @param head from a request's first byte to the end of its head. Duration, ≥ 100ms, default 10s. More lets
 *     slow-head attacks hold connections longer; less cuts slow clients with 408.
 * @param keepAlive how long an idle connection stays open between requests. Duration, ≥ 100ms, default 75s. More
 *     saves reconnects and holds memory; a load balancer in front must wait less than this.
 * @param idle how long a client may take nothing of a response that waits for it. Duration, ≥ 0s, default 60s. 0 is no
 *     limit. More keeps stuck clients; less cuts slow readers.
 * @param bodyRateGrace how long a body may be slower than {@code min-body-rate-bytes}. Duration, ≥ 0s, default 5s. More
 *     forgives stalls and attackers alike.
 * @param halfClose how long a client that has closed its side is waited for the response to begin. Duration, ≥ 0s,
 *     default 1s. More serves rare clients that half-close; less frees endpoints from clients that left.
 * @param linger how long what a refused client still sends is read and thrown away, so that it can read the answer.
 *     Duration, ≥ 0s, default 1s. 0 closes at once, which may reset the answer away.
 */
public record ListenerTimeouts(
        @Knob(byDefault = "10s", min = "100ms") Duration head,
        @Knob(byDefault = "75s", min = "100ms", need = Knob.Need.FREQUENT) Duration keepAlive,
        @Knob(byDefault = "60s", need = Knob.Need.FREQUENT) Duration idle,
        @Knob(byDefault = "5s") Duration bodyRateGrace,
        @Knob(byDefault = "1s") Duration halfClose,
        @Knob(byDefault = "1s") Duration linger) {

    /** What a file that says nothing gets. */
    public static ListenerTimeouts defaults() {
        return Binder.defaults(ListenerTimeouts.class);
    }
}
