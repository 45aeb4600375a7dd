package io.evenkeel.proxy.route;

import io.evenkeel.balancer.Upstream;
import io.evenkeel.config.RouteConfig;
import io.evenkeel.config.RouterConfig;
import io.evenkeel.config.UpstreamConfig;
import io.evenkeel.proxy.http.RequestHead;
import io.evenkeel.proxy.http.RequestTarget;
import java.util.ArrayList;
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

    private RouteTable(List<Route> routes, Map<String, Route[]> exact, Map<String, Route[]> wildcard, Route[] anyHost) {
        this.routes = routes;
        this.exact = new HostTable(exact);
        this.wildcard = new HostTable(wildcard);
        this.anyHost = anyHost;
    }

    /** @param upstreams finds each upstream that a route names */
    public static RouteTable of(RouterConfig config, Function<String, Upstream> upstreams) {
        Map<String, UpstreamConfig> configs = new HashMap<>();
        config.upstreams().forEach(upstream -> configs.put(upstream.name(), upstream));
        List<Route> routes = new ArrayList<>();
        Set<String> names = new LinkedHashSet<>();
        for (RouteConfig route : config.routes()) {
            UpstreamConfig upstream = Objects.requireNonNull(configs.get(route.upstream()), route.upstream());
            routes.add(new Route(routes.size(), route, upstreams.apply(route.upstream()), upstream));
            names.addAll(route.match().hosts());
        }
        Map<String, Route[]> exact = new HashMap<>();
        Map<String, Route[]> wildcard = new HashMap<>();
        for (String host : names) {
            Route[] candidates = candidates(config, routes, host);
            if (host.startsWith("*")) {
                wildcard.put(host.substring(1), candidates);
            } else {
                exact.put(host, candidates);
            }
        }
        return new RouteTable(routes, exact, wildcard, candidates(config, routes, ""));
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
        Route[] found = exact.find(bytes, target.hostStart(), target.hostEnd());
        for (int dot = target.hostStart(); found == null && dot < target.hostEnd(); dot++) {
            if (bytes[dot] == '.' && dot > target.hostStart()) {
                found = wildcard.find(bytes, dot, target.hostEnd());
            }
        }
        return found == null ? anyHost : found;
    }

    public List<Route> routes() {
        return routes;
    }
}
