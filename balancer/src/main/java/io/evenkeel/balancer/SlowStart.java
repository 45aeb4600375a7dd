package io.evenkeel.balancer;

import io.evenkeel.balancer.endpoint.EndpointState;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which endpoints get less than their share for a while, because they are new, returned or recovered. The share grows evenly from {@value #LEAST_PERCENT} per
 * cent to all of it. The endpoints of the first set do not ramp when they take traffic for the first time: there is nobody to spare them. Not thread-safe.
 */
final class SlowStart {

    /** A share small enough for a cold endpoint and large enough to warm it. */
    static final int LEAST_PERCENT = 10;

    /** Steps in which the share grows: no step is more than 5 %. */
    private static final int STEPS = 20;

    private static final Duration SHORTEST_STEP = Duration.ofMillis(100);

    private final Map<EndpointState, Long> since = new HashMap<>();
    private Set<EndpointState> warm = Set.of();

    /** The endpoints of the first set that have not taken traffic yet; null before there was any set but the empty one. */
    private @Nullable Set<EndpointState> firsts;

    /** Notes which endpoints take traffic at this moment. */
    void look(List<EndpointState> endpoints, Duration slowStart, long nowNanos) {
        Set<EndpointState> spared = spared(endpoints);
        Set<EndpointState> ready = new HashSet<>();
        for (EndpointState endpoint : endpoints) {
            if (!endpoint.draining() && endpoint.standing().fit()) {
                ready.add(endpoint);
                if (!warm.contains(endpoint) && !spared.remove(endpoint)) {
                    since.put(endpoint, nowNanos);
                }
            }
        }
        warm = ready;
        since.keySet().retainAll(ready);
        since.values().removeIf(started -> nowNanos - started >= slowStart.toNanos());
        spared.retainAll(new HashSet<>(endpoints));
    }

    private Set<EndpointState> spared(List<EndpointState> endpoints) {
        if (firsts != null) {
            return firsts;
        }
        Set<EndpointState> spared = new HashSet<>(endpoints);
        firsts = spared.isEmpty() ? null : spared;
        return spared;
    }

    /** How much of its weight an endpoint gets, {@value #LEAST_PERCENT} to 100. */
    int percent(EndpointState endpoint, Duration slowStart, long nowNanos) {
        Long started = since.get(endpoint);
        if (started == null) {
            return 100;
        }
        return (int) Math.max(LEAST_PERCENT, 100 * (nowNanos - started) / slowStart.toNanos());
    }

    /** Whether any gets less than its share. */
    boolean ramping() {
        return !since.isEmpty();
    }

    /** From one step to the next. */
    static Duration step(Duration slowStart) {
        Duration step = slowStart.dividedBy(STEPS);
        return step.compareTo(SHORTEST_STEP) < 0 ? SHORTEST_STEP : step;
    }
}
