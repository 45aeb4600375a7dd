package io.evenkeel.config;

import java.time.Duration;

/**
 * What the router does when it runs out of something itself. Each resource has a limit; the pressure is the largest share of a limit that is used.
 *
 * @param heapPercent the limit of the heap in use after collections. Count, 1 to 100, default 95.
 * @param directMemoryPercent the limit of memory for network buffers. Count, 1 to 100, default 95.
 * @param descriptorsPercent the limit of open file descriptors. Count, 1 to 100, default 95.
 * @param connections the limit of open client connections. Count, ≥ 0, default 0. 0 is none but those of the listeners.
 * @param lag the limit of the time an event loop takes to get round to something, for a second on end. Duration, ≥ 10ms, default 1s.
 * @param stopAcceptingAt the pressure from which on no connection is accepted. Count, 1 to 100, default 85.
 * @param shortenKeepAliveAt the pressure from which on every response ends its connection. Count, 1 to 100, default 90.
 * @param rejectAt the pressure from which on requests on routes of the lowest priority are answered 503; the next priorities follow as it grows to 100. Count, 1 to
 *     100, default 95.
 */
public record OverloadConfig(
        @Knob(byDefault = "95", min = "1", max = "100") int heapPercent,
        @Knob(byDefault = "95", min = "1", max = "100") int directMemoryPercent,
        @Knob(byDefault = "95", min = "1", max = "100") int descriptorsPercent,
        @Knob(byDefault = "0") int connections,
        @Knob(byDefault = "1s", min = "10ms") Duration lag,
        @Knob(byDefault = "85", min = "1", max = "100") int stopAcceptingAt,
        @Knob(byDefault = "90", min = "1", max = "100") int shortenKeepAliveAt,
        @Knob(byDefault = "95", min = "1", max = "100") int rejectAt) {

    /** What a file that says nothing gets. */
    public static OverloadConfig defaults() {
        return Binder.defaults(OverloadConfig.class);
    }
}
