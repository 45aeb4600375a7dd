package io.evenkeel.proxy.telemetry;

import io.evenkeel.balancer.FitnessCounts;
import io.evenkeel.balancer.Upstream;
import io.evenkeel.balancer.UpstreamRegistry;
import io.evenkeel.discovery.RejectedEndpoint;
import io.evenkeel.discovery.SourceStatus;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is known of one upstream at one moment, for metrics and the admin endpoints. Immutable.
 *
 * @param panicking whether so few endpoints are fit that health and ejections are ignored
 * @param endpoints those that are in it, then those that departed with attempts in flight
 * @param rejected those that sources name but that get no traffic
 * @param sources how each of its sources fares
 * @param fitness what checks and outlier detection have done
 * @param latency how long its exchanges took; empty before the first
 */
public record UpstreamStatus(
        String name,
        boolean panicking,
        List<EndpointStatus> endpoints,
        List<RejectedEndpoint> rejected,
        List<SourceStatus> sources,
        FitnessCounts fitness,
        Optional<LatencySummary> latency) {

    /** All upstreams of a registry as they are now, in the order of the configuration. */
    public static List<UpstreamStatus> all(UpstreamRegistry registry, Telemetry telemetry) {
        Map<String, List<SourceStatus>> sources = registry.sources();
        Map<String, List<RejectedEndpoint>> rejected = registry.rejected();
        Map<String, FitnessCounts> fitness = registry.fitness();
        return registry.upstreams().stream()
                .map(upstream -> new UpstreamStatus(
                        upstream.name(),
                        upstream.snapshot().panicking(),
                        endpoints(upstream),
                        rejected.getOrDefault(upstream.name(), List.of()),
                        sources.getOrDefault(upstream.name(), List.of()),
                        fitness.getOrDefault(upstream.name(), FitnessCounts.NONE),
                        telemetry.latency(upstream.name())))
                .toList();
    }

    /** How many are kept out because they came and went too often. */
    public long damped() {
        return rejected.stream()
                .filter(endpoint -> endpoint.cause() == RejectedEndpoint.Cause.DAMPED)
                .count();
    }

    private static List<EndpointStatus> endpoints(Upstream upstream) {
        return Stream.concat(
                        upstream.snapshot().endpoints().stream()
                                .map(state -> EndpointStatus.of(upstream, state, false)),
                        upstream.departing().stream().map(state -> EndpointStatus.of(upstream, state, true)))
                .toList();
    }
}
