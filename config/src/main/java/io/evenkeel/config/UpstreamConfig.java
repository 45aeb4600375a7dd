package io.evenkeel.config;

import java.util.List;

/** A named group of interchangeable endpoints. */
public record UpstreamConfig(
        String name,
        BalancerConfig balancer,
        List<EndpointSourceConfig> endpoints,
        PoolConfig pool,
        UpstreamTimeouts timeouts,
        int maxAttempts) {}
