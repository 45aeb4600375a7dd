package io.evenkeel.proxy.telemetry;

import io.evenkeel.discovery.SourceStatus;
import io.prometheus.client.Collector.MetricFamilySamples;
import java.time.Instant;
import java.util.List;

/** Reads how discovery fares: sources, nodes, events. Stateless. */
final class DiscoveryMetrics {

    private static final double SECOND_MILLIS = 1_000;

    private DiscoveryMetrics() {}

    static void collect(List<UpstreamStatus> upstreams, DiscoveryStatus discovery, List<MetricFamilySamples> families) {
        collectAnswers(upstreams, families);
        collectBelief(upstreams, families);
        collectEvents(discovery, families);
        collectNodes(discovery, families);
    }

    private static void collectAnswers(List<UpstreamStatus> upstreams, List<MetricFamilySamples> families) {
        MetricFamily up = new MetricFamily(Metric.DISCOVERY_SOURCE_UP);
        MetricFamily lastSuccess = new MetricFamily(Metric.DISCOVERY_LAST_SUCCESS);
        MetricFamily failures = new MetricFamily(Metric.DISCOVERY_FAILURES);
        MetricFamily endpoints = new MetricFamily(Metric.DISCOVERY_ENDPOINTS);
        for (UpstreamStatus upstream : upstreams) {
            for (SourceStatus source : upstream.sources()) {
                up.add(source.answers() ? 1 : 0, upstream.name(), source.name());
                double seconds = source.lastSuccess().map(Instant::toEpochMilli).orElse(0L) / SECOND_MILLIS;
                lastSuccess.add(seconds, upstream.name(), source.name());
                failures.add(source.failures(), upstream.name(), source.name());
                endpoints.add(source.endpoints(), upstream.name(), source.name());
            }
        }
        families.addAll(List.of(up.samples(), lastSuccess.samples(), failures.samples(), endpoints.samples()));
    }

    private static void collectBelief(List<UpstreamStatus> upstreams, List<MetricFamilySamples> families) {
        MetricFamily stale = new MetricFamily(Metric.DISCOVERY_STALE);
        MetricFamily held = new MetricFamily(Metric.DISCOVERY_HELD);
        MetricFamily damped = new MetricFamily(Metric.DISCOVERY_DAMPED);
        for (UpstreamStatus upstream : upstreams) {
            damped.add(upstream.damped(), upstream.name());
            for (SourceStatus source : upstream.sources()) {
                stale.add(source.stale() ? 1 : 0, upstream.name(), source.name());
                held.add(source.held().isPresent() ? 1 : 0, upstream.name(), source.name());
            }
        }
        families.addAll(List.of(stale.samples(), held.samples(), damped.samples()));
    }

    private static void collectEvents(DiscoveryStatus discovery, List<MetricFamilySamples> families) {
        MetricFamily events = new MetricFamily(Metric.DISCOVERY_EVENTS);
        discovery.events().forEach((kind, count) -> events.add(count, kind.label()));
        families.add(events.samples());
        families.add(new MetricFamily(Metric.LABEL_PROBLEMS)
                .add(discovery.labelProblems())
                .samples());
        families.add(new MetricFamily(Metric.DISCOVERY_STATE_WRITES)
                .add(discovery.stateFile().writes())
                .samples());
        families.add(new MetricFamily(Metric.DISCOVERY_STATE_FAILURES)
                .add(discovery.stateFile().failures())
                .samples());
    }

    private static void collectNodes(DiscoveryStatus discovery, List<MetricFamilySamples> families) {
        MetricFamily up = new MetricFamily(Metric.NODE_UP);
        discovery
                .nodes()
                .forEach((source, nodes) -> nodes.forEach(node -> up.add(node.up() ? 1 : 0, source, node.name())));
        families.add(up.samples());
    }
}
