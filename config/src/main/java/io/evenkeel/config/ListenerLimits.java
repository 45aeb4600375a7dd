package io.evenkeel.config;

/**
 * What one client, and all clients together, may ask of a listener.
 *
 * @param maxHeadBytes longest request head. Size, 1KiB to 64KiB, default 16KiB. More lets large cookies through and
 *     lets each connection hold that much memory; less answers them 431.
 * @param maxFields fields in a request head. Count, 1 to 500, default 100. More costs time per request; fewer answers
 *     431.
 * @param maxTargetBytes longest request target. Size, 256 to 64KiB, default 8KiB. Less than 8000 turns away what
 *     RFC 9110 §4.1 asks servers to take; longer targets are answered 414.
 * @param maxBodyBytes longest request body. Size, ≥ 0, default 1GiB. 0 is unlimited. Bodies are streamed, so more
 *     costs endpoints rather than the router; longer ones are answered 413.
 * @param minBodyRateBytes least speed of a request body per second, after {@code body-rate-grace}. Size, ≥ 0, default
 *     240. 0 is off. More cuts clients on bad lines; less lets slow-body attacks hold endpoints.
 * @param maxPipelinedBytes bytes of requests read ahead while one is being answered. Size, 1KiB to 1MiB, default 64KiB.
 *     More costs memory per connection; less only pauses reading earlier.
 * @param maxConnections connections open at once. Count, ≥ 1, default 100000. More needs memory (8KiB each when idle)
 *     and file descriptors; beyond it new ones are closed at once.
 * @param maxConnectionsPerClient connections open at once from one address. Count, ≥ 0, default 30000. 0 is off.
 *     Fewer stops one client from taking all; too few hurts clients behind one NAT or proxy.
 * @param maxRequestsPerConnection requests after which a connection is closed. Count, ≥ 0, default 0. 0 is off. Fewer
 *     spreads long-lived clients over routers sooner and costs reconnects.
 */
public record ListenerLimits(
        @Knob(byDefault = "16KiB", min = "1KiB", max = "64KiB", need = Knob.Need.FREQUENT) int maxHeadBytes,
        @Knob(byDefault = "100", min = "1", max = "500") int maxFields,
        @Knob(byDefault = "8KiB", min = "256", max = "64KiB") int maxTargetBytes,
        @Knob(byDefault = "1GiB", need = Knob.Need.FREQUENT) long maxBodyBytes,
        @Knob(byDefault = "240") int minBodyRateBytes,
        @Knob(byDefault = "64KiB", min = "1KiB", max = "1MiB") int maxPipelinedBytes,
        @Knob(byDefault = "100000", min = "1", need = Knob.Need.FREQUENT) int maxConnections,
        @Knob(byDefault = "30000", need = Knob.Need.FREQUENT) int maxConnectionsPerClient,
        @Knob(byDefault = "0") int maxRequestsPerConnection) {

    /** What a file that says nothing gets. */
    public static ListenerLimits defaults() {
        return Binder.defaults(ListenerLimits.class);
    }
}
