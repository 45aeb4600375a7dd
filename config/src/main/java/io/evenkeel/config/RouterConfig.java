package io.evenkeel.config;

import java.util.List;

/** The whole configuration of one router, validated. Immutable. */
public record RouterConfig(
        AdminConfig admin,
        RuntimeConfig runtime,
        List<ListenerConfig> listeners,
        List<RouteConfig> routes,
        List<UpstreamConfig> upstreams,
        AccessLogConfig accessLog,
        ShutdownConfig shutdown) {}
