package io.evenkeel.proxy.telemetry;

import io.evenkeel.discovery.SourceStatus;
import java.util.List;
import java.util.Optional;

/**
 * What is known of one upstream at one moment, for metrics and the admin endpoints. Immutable.
 *
 * @param sources how each of its sources fares
 * @param latency how long its exchanges took; empty before the first
 */
public record UpstreamStatus(
        String name, List<EndpointStatus> endpoints, List<SourceStatus> sources, Optional<LatencySummary> latency) {}
