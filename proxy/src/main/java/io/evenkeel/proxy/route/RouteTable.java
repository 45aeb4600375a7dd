package io.evenkeel.proxy.route;

import io.evenkeel.balancer.Upstream;
import io.evenkeel.config.RouteConfig;
import io.evenkeel.config.RouterConfig;
import io.evenkeel.config.UpstreamConfig;
import io.evenkeel.proxy.affinity.Affinity;
import io.evenkeel.proxy.http.RequestHead;
import io.evenkeel.proxy.http.RequestTarget;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * All routes; the first in the order of the configuration that matches wins. Immutable; matching takes one look-up by host and then looks only at
 * routes that this host can have.
 */
public final class RouteTable {

    private final List<Route> routes;
    private final HostTable exact;
    private final HostTable wildcard;
    private final Route[] anyHost;
    private final RouteMemory memory;

    private RouteTable(RouterConfig config, List<Route> routes, RouteMemory memory) {
        this.routes = List.copyOf(routes);
        this.memory = memory;
        Map<String, Route[]> exactly = new HashMap<>();
        Map<String, Route[]> wild = new HashMap<>();
        for (String host : hosts(config)) {
            Route[] candidates = candidates(config, routes, host);
            if (host.startsWith("*")) {
                wild.put(host.substring(1), candidates);
            } else {
                exactly.put(host, candidates);
            }
        }
        this.exact = new HostTable(exactly);
        this.wildcard = new HostTable(wild);
        this.anyHost = candidates(config, routes, "");
    }

    private static Set<String> hosts(RouterConfig config) {
        Set<String> names = new LinkedHashSet<>();
        config.routes().forEach(route -> names.addAll(route.match().hosts()));
        return names;
    }

    /** @param upstreams finds each upstream that a route names */
    public static RouteTable of(RouterConfig config, Function<String, Upstream> upstreams) {
        return of(config, upstreams, RouteMemory.empty());
    }

    /** Another table that remembers what this one does: learned keys, and what has been taken of limits. */
    public RouteTable next(RouterConfig config, Function<String, Upstream> upstreams) {
        return of(config, upstreams, memory.next());
    }

    private static RouteTable of(RouterConfig config, Function<String, Upstream> upstreams, RouteMemory memory) {
        Map<String, UpstreamConfig> configs = new HashMap<>();
        config.upstreams().forEach(upstream -> configs.put(upstream.name(), upstream));
        List<Route> routes = new ArrayList<>();
        for (RouteConfig route : config.routes()) {
            UpstreamConfig upstream = Objects.requireNonNull(configs.get(route.upstream()), route.upstream());
            routes.add(new Route(routes.size(), route, upstreams.apply(route.upstream()), upstream, memory));
        }
        return new RouteTable(config, routes, memory);
    }

    private static Route[] candidates(RouterConfig config, List<Route> routes, String host) {
        List<Route> candidates = new ArrayList<>();
        for (Route route : routes) {
            List<String> hosts = config.routes().get(route.index()).match().hosts();
            if (hosts.isEmpty() || hosts.stream().anyMatch(pattern -> covers(pattern, host))) {
                candidates.add(route);
            }
        }
        return candidates.toArray(Route[]::new);
    }

    /** Whether a pattern fits every host that {@code host}, a name or a pattern itself, stands for. */
    private static boolean covers(String pattern, String host) {
        return pattern.equals(host) || (pattern.startsWith("*") && host.endsWith(pattern.substring(1)));
    }

    /** The route of this request, or null. */
    public @Nullable Route find(RequestHead head) {
        for (Route route : candidates(head)) {
            if (route.matcher().matches(head)) {
                return route;
            }
        }
        return null;
    }

    private Route[] candidates(RequestHead head) {
        RequestTarget target = head.target();
        byte[] bytes = head.bytes();
        int start = target.hostStart();
        int end = target.hostEnd();
        if (end > start + 1 && bytes[end - 1] == '.') {
            end--; // the name of a host may be written as absolute (RFC 3986 §3.2.2)
        }
        Route[] found = exact.find(bytes, start, end);
        for (int dot = start + 1; found == null && dot < end; dot++) {
            if (bytes[dot] == '.') {
                found = wildcard.find(bytes, dot, end);
            }
        }
        return found == null ? anyHost : found;
    }

    /** What brings requests back to the endpoints of each upstream that has a route. */
    public Collection<Affinity> affinities() {
        return memory.affinities();
    }

    public List<Route> routes() {
        return routes;
    }
}
