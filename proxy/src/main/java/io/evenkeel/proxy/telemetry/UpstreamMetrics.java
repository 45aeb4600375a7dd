package io.evenkeel.proxy.telemetry;

import io.evenkeel.discovery.SourceStatus;
import io.prometheus.client.Collector.MetricFamilySamples;
import java.time.Instant;
import java.util.List;

/** Reads the state of endpoints and of discovery. Stateless. */
final class UpstreamMetrics {

    private static final double SECOND_MILLIS = 1_000;

    private UpstreamMetrics() {}

    static void collect(List<UpstreamStatus> upstreams, List<MetricFamilySamples> families) {
        collectEndpoints(upstreams, families);
        collectDiscovery(upstreams, families);
    }

    private static void collectEndpoints(List<UpstreamStatus> upstreams, List<MetricFamilySamples> families) {
        MetricFamily inFlight = new MetricFamily(Metric.INFLIGHT);
        MetricFamily up = new MetricFamily(Metric.ENDPOINT_UP);
        MetricFamily requests = new MetricFamily(Metric.ENDPOINT_REQUESTS);
        for (UpstreamStatus upstream : upstreams) {
            for (EndpointStatus endpoint : upstream.endpoints()) {
                inFlight.add(endpoint.inFlight(), upstream.name(), endpoint.address());
                up.add(endpoint.up() ? 1 : 0, upstream.name(), endpoint.address());
                requests.add(endpoint.requests(), upstream.name(), endpoint.address());
            }
        }
        families.addAll(List.of(inFlight.samples(), up.samples(), requests.samples()));
    }

    private static void collectDiscovery(List<UpstreamStatus> upstreams, List<MetricFamilySamples> families) {
        MetricFamily lastSuccess = new MetricFamily(Metric.DISCOVERY_LAST_SUCCESS);
        MetricFamily failures = new MetricFamily(Metric.DISCOVERY_FAILURES);
        MetricFamily endpoints = new MetricFamily(Metric.DISCOVERY_ENDPOINTS);
        for (UpstreamStatus upstream : upstreams) {
            for (SourceStatus source : upstream.sources()) {
                double seconds = source.lastSuccess().map(Instant::toEpochMilli).orElse(0L) / SECOND_MILLIS;
                lastSuccess.add(seconds, upstream.name(), source.name());
                failures.add(source.failures(), upstream.name(), source.name());
                endpoints.add(source.endpoints(), upstream.name(), source.name());
            }
        }
        families.addAll(List.of(lastSuccess.samples(), failures.samples(), endpoints.samples()));
    }
}
