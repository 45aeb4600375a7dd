package io.evenkeel.proxy.route;

import io.evenkeel.config.RateLimitConfig;
import io.evenkeel.config.RouteConfig;
import io.evenkeel.config.UpstreamConfig;
import io.evenkeel.proxy.affinity.Affinity;
import io.evenkeel.proxy.ratelimit.RateLimit;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What routes remember from one table to the next, by the names of upstreams and routes: learned keys and what has been taken of limits, as far as
 * their configuration stays the same. Filled while a table is made and not modified after.
 */
final class RouteMemory {

    private final Map<String, Affinity> knownAffinities;
    private final Map<String, RateLimit> knownLimits;
    private final Map<String, Affinity> affinities = new LinkedHashMap<>();
    private final Map<String, RateLimit> limits = new LinkedHashMap<>();

    private RouteMemory(Map<String, Affinity> knownAffinities, Map<String, RateLimit> knownLimits) {
        this.knownAffinities = knownAffinities;
        this.knownLimits = knownLimits;
    }

    static RouteMemory empty() {
        return new RouteMemory(Map.of(), Map.of());
    }

    /** For the next table, which remembers what this one does. */
    RouteMemory next() {
        return new RouteMemory(affinities, limits);
    }

    Affinity affinity(UpstreamConfig upstream) {
        return affinities.computeIfAbsent(upstream.name(), name -> Affinity.of(upstream, knownAffinities.get(name)));
    }

    @Nullable
    RateLimit rateLimit(RouteConfig route) {
        RateLimitConfig wanted = route.rateLimit().orElse(null);
        if (wanted == null) {
            return null;
        }
        RateLimit known = knownLimits.get(route.name());
        boolean same = known != null && known.config().equals(wanted);
        RateLimit limit = same ? known : new RateLimit(wanted, System.nanoTime());
        limits.put(route.name(), limit);
        return limit;
    }

    /** Of the upstreams that have routes. */
    Collection<Affinity> affinities() {
        return affinities.values();
    }
}
