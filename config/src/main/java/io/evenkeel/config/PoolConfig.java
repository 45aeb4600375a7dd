package io.evenkeel.config;

import java.time.Duration;

/** Connections to each endpoint of an upstream. Counts are per endpoint and over all event loops. */
public record PoolConfig(
        int maxConnections,
        int maxPending,
        int maxIdle,
        Duration idleTimeout,
        Duration unsafeReuseWindow,
        Duration maxAge,
        int maxHeadBytes) {}
