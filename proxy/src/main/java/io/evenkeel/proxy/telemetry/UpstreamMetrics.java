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
        MetricFamily limit = new MetricFamily(Metric.ENDPOINT_LIMIT);
        for (UpstreamStatus upstream : upstreams) {
            for (EndpointStatus endpoint : upstream.endpoints()) {
                inFlight.add(endpoint.inFlight(), upstream.name(), endpoint.address());
                up.add(endpoint.up() ? 1 : 0, upstream.name(), endpoint.address());
                endpoint.limit().ifPresent(most -> limit.add(most, upstream.name(), endpoint.address()));
                requests.add(endpoint.requests(), upstream.name(), endpoint.address());
            }
        }
        families.addAll(List.of(inFlight.samples(), up.samples(), requests.samples(), limit.samples()));
    }
}
