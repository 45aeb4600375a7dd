package io.evenkeel.discovery.swarm;

import io.evenkeel.config.MatchConfig;
import io.evenkeel.config.RouteConfig;
import java.util.Comparator;

/**
 * The order of routes that nobody put in an order: the most specific first. The host decides before the path, so that a service that
 * asks for a path on any host takes nothing away from one that asks for a host.
 */
final class RouteOrder {

    static final Comparator<RouteConfig> MOST_SPECIFIC_FIRST = Comparator.comparing(
                    RouteConfig::match,
                    Comparator.comparingInt(RouteOrder::host)
                            .thenComparingInt(RouteOrder::path)
                            .thenComparing(match -> match.methods().isEmpty()))
            .thenComparing(RouteConfig::name);

    /** Beyond any length of host or path. */
    private static final int LENGTHS = 10_000;

    private RouteOrder() {}

    /** An exact host, then wildcards from the longest to the shortest, then none; of several the least specific. */
    private static int host(MatchConfig match) {
        return match.hosts().stream()
                .mapToInt(host -> host.startsWith("*.") ? LENGTHS - host.length() : 0)
                .max()
                .orElse(LENGTHS);
    }

    /** A whole path, then prefixes from the longest to the shortest, then none. */
    private static int path(MatchConfig match) {
        return match.path().isPresent()
                ? 0
                : match.pathPrefix().map(prefix -> LENGTHS - prefix.length()).orElse(LENGTHS);
    }
}
