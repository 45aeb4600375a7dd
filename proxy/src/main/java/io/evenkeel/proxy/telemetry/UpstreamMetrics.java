package io.evenkeel.proxy.telemetry;

import io.prometheus.client.Collector.MetricFamilySamples;
import java.util.List;

/** Reads the state of endpoints. Stateless. */
final class UpstreamMetrics {

    private UpstreamMetrics() {}

    static void collect(List<UpstreamStatus> upstreams, List<MetricFamilySamples> families) {
        MetricFamily inFlight = new MetricFamily(Metric.INFLIGHT);
        MetricFamily up = new MetricFamily(Metric.ENDPOINT_UP);
        MetricFamily requests = new MetricFamily(Metric.ENDPOINT_REQUESTS);
        MetricFamily panicking = new MetricFamily(Metric.UPSTREAM_PANICKING);
        MetricFamily limit = new MetricFamily(Metric.ENDPOINT_LIMIT);
        for (UpstreamStatus upstream : upstreams) {
            panicking.add(upstream.panicking() ? 1 : 0, upstream.name());
            for (EndpointStatus endpoint : upstream.endpoints()) {
                inFlight.add(endpoint.inFlight(), upstream.name(), endpoint.address());
                up.add(endpoint.up() ? 1 : 0, upstream.name(), endpoint.address());
                endpoint.limit().ifPresent(most -> limit.add(most, upstream.name(), endpoint.address()));
                requests.add(endpoint.requests(), upstream.name(), endpoint.address());
            }
        }
        families.addAll(
                List.of(inFlight.samples(), up.samples(), requests.samples(), panicking.samples(), limit.samples()));
        collectFitness(upstreams, families);
    }

    private static void collectFitness(List<UpstreamStatus> upstreams, List<MetricFamilySamples> families) {
        MetricFamily checks = new MetricFamily(Metric.HEALTH_CHECKS);
        MetricFamily ejections = new MetricFamily(Metric.EJECTIONS);
        MetricFamily phi = new MetricFamily(Metric.ENDPOINT_PHI);
        MetricFamily ejected = new MetricFamily(Metric.ENDPOINT_EJECTED);
        for (UpstreamStatus upstream : upstreams) {
            String name = upstream.name();
            upstream.fitness().checks().forEach((outcome, count) -> checks.add(count, name, outcome.label()));
            upstream.fitness().ejections().forEach((reason, count) -> ejections.add(count, name, reason.label()));
            for (EndpointStatus endpoint : upstream.endpoints()) {
                phi.add(endpoint.standing().phi(), name, endpoint.address());
                ejected.add(endpoint.ejected() ? 1 : 0, name, endpoint.address());
            }
        }
        families.addAll(List.of(checks.samples(), ejections.samples(), phi.samples(), ejected.samples()));
    }
}
