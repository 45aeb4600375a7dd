package io.evenkeel.config;

import java.util.List;

/**
 * The whole configuration of one router, validated. Immutable.
 *
 * @param admin where the admin endpoints listen.
 * @param runtime settings of the process as a whole.
 * @param listeners the bound addresses; at least one.
 * @param routes what goes where; the first match wins, no match is answered 404.
 * @param upstreams the named groups of endpoints.
 * @param discovery what the sources of endpoints share.
 * @param register how Swarm tasks are written into Consul.
 * @param rebalance how tasks are moved back after a node has recovered.
 * @param overload what the router does when it runs out of something itself.
 * @param accessLog whether, where and how each exchange is logged.
 * @param shutdown how the router leaves.
 */
public record RouterConfig(
        @Knob AdminConfig admin,
        @Knob RuntimeConfig runtime,
        @Knob(atLeast = 1) List<ListenerConfig> listeners,
        @Knob List<RouteConfig> routes,
        @Knob List<UpstreamConfig> upstreams,
        @Knob DiscoveryConfig discovery,
        @Knob RegisterConfig register,
        @Knob RebalanceConfig rebalance,
        @Knob OverloadConfig overload,
        @Knob AccessLogConfig accessLog,
        @Knob ShutdownConfig shutdown) {

    /** The same with other routes and upstreams. */
    public RouterConfig with(List<RouteConfig> otherRoutes, List<UpstreamConfig> otherUpstreams) {
        return new RouterConfig(
                admin,
                runtime,
                listeners,
                otherRoutes,
                otherUpstreams,
                discovery,
                register,
                rebalance,
                overload,
                accessLog,
                shutdown);
    }

    /** Keeps its own copies of the lists. */
    public RouterConfig {
        listeners = List.copyOf(listeners);
        routes = List.copyOf(routes);
        upstreams = List.copyOf(upstreams);
    }
}
