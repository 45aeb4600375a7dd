package io.evenkeel.proxy.telemetry;

import io.evenkeel.balancer.Upstream;
import io.evenkeel.balancer.UpstreamRegistry;
import io.evenkeel.discovery.SourceStatus;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of one upstream at one moment, for metrics and the admin endpoints. Immutable.
 *
 * @param sources how each of its sources fares
 * @param latency how long its exchanges took; empty before the first
 */
public record UpstreamStatus(
        String name, List<EndpointStatus> endpoints, List<SourceStatus> sources, Optional<LatencySummary> latency) {

    /** All upstreams of a registry as they are now, in the order of the configuration. */
    public static List<UpstreamStatus> all(UpstreamRegistry registry, Telemetry telemetry) {
        Map<String, List<SourceStatus>> sources = registry.sources();
        return registry.upstreams().stream()
                .map(upstream -> of(upstream, sources.getOrDefault(upstream.name(), List.of()), telemetry))
                .toList();
    }

    private static UpstreamStatus of(Upstream upstream, List<SourceStatus> sources, Telemetry telemetry) {
        List<EndpointStatus> endpoints =
                upstream.snapshot().endpoints().stream().map(EndpointStatus::of).toList();
        return new UpstreamStatus(upstream.name(), endpoints, sources, telemetry.latency(upstream.name()));
    }
}
