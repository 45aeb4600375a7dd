package io.evenkeel.config;

/** What one client, and all clients together, may ask of a listener. */
public record ListenerLimits(
        int maxHeadBytes,
        int maxFields,
        int maxTargetBytes,
        long maxBodyBytes,
        int minBodyRateBytes,
        int maxPipelinedBytes,
        int maxConnections,
        int maxConnectionsPerClient,
        int maxRequestsPerConnection) {}
