package io.evenkeel.config;

import java.time.Duration;

/**
 * Endpoints that fail or dawdle in traffic are ejected for a while. An answer 503 with Retry-After is not a failure.
 *
 * @param connectFailures failed connects in a row that eject. Count, 0 to 1000, default 3. 0 never ejects for it.
 * @param gatewayFailures resets, time-outs, malformed answers and statuses 502, 503 and 504 in a row that eject. Count, 0 to 1000, default 5. 0 never ejects for it.
 * @param interval how often endpoints are compared with one another. Duration, ≥ 100ms, default 2s.
 * @param minRequests attempts in an interval below which an endpoint is not compared. Count, 1 to 1000000, default 20.
 * @param successMargin how many percentage points below the others' success rate ejects. Count, 0 to 100, default 30. 0 never ejects for it.
 * @param latencyFactor how many times the others' median time to the response head ejects. Count, 0 to 1000, default 0. 0 never ejects for it.
 * @param baseEjection the first ejection; each that follows is longer by as much, and each time as long without one shortens the next. Duration, ≥ 100ms, default 10s.
 * @param maxEjection the longest ejection. Duration, ≥ 100ms, default 5m.
 * @param maxEjectedPercent the largest share of endpoints ejected at once; one may be in any case where there are two or more. Count, 0 to 99, default 50. More leaves fewer to
 *     bear the load; 0 ejects nothing.
 */
public record OutlierConfig(
        @Knob(byDefault = "3", max = "1000") int connectFailures,
        @Knob(byDefault = "5", max = "1000", need = Knob.Need.FREQUENT) int gatewayFailures,
        @Knob(byDefault = "2s", min = "100ms") Duration interval,
        @Knob(byDefault = "20", min = "1", max = "1000000") int minRequests,
        @Knob(byDefault = "30", max = "100") int successMargin,
        @Knob(byDefault = "0", max = "1000", need = Knob.Need.FREQUENT) int latencyFactor,
        @Knob(byDefault = "10s", min = "100ms", need = Knob.Need.FREQUENT) Duration baseEjection,
        @Knob(byDefault = "5m", min = "100ms") Duration maxEjection,
        @Knob(byDefault = "50", max = "99", need = Knob.Need.FREQUENT) int maxEjectedPercent) {

    /** What a file that says nothing gets. */
    public static OutlierConfig defaults() {
        return Binder.defaults(OutlierConfig.class);
    }
}
