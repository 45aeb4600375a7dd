package io.evenkeel.proxy.telemetry;

import io.prometheus.client.Collector.MetricFamilySamples;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads what the event loops counted, summed over all of them. Stateless. */
final class TrafficMetrics {

    private final List<LoopTelemetry> loops;
    private final LatencyBook latencies;

    TrafficMetrics(List<LoopTelemetry> loops, LatencyBook latencies) {
        this.loops = loops;
        this.latencies = latencies;
    }

    void collect(List<MetricFamilySamples> families) {
        families.add(requests());
        collectLatencies(families);
        collectConnections(families);
        families.add(retries());
        families.add(overflows());
        families.add(failures());
        Http2Metrics.collect(loops, families);
        TlsMetrics.collect(loops, families);
    }

    private MetricFamilySamples requests() {
        Map<List<String>, Long> sums = new TreeMap<>(TrafficMetrics::compare);
        for (LoopTelemetry loop : loops) {
            for (RouteMeter meter : loop.routeMeters()) {
                RouteLabels of = meter.labels();
                meter.statuses()
                        .forEach((code, count) -> sums.merge(
                                List.of(of.listener(), of.route(), of.upstream(), Integer.toString(code)),
                                count,
                                Long::sum));
            }
        }
        MetricFamily family = new MetricFamily(Metric.REQUESTS);
        sums.forEach((labels, count) -> family.add(count, labels.toArray(String[]::new)));
        return family.samples();
    }

    private void collectLatencies(List<MetricFamilySamples> families) {
        MetricFamily durations = new MetricFamily(Metric.REQUEST_DURATION);
        MetricFamily added = new MetricFamily(Metric.ADDED_LATENCY);
        latencies.read((labels, durationHistogram, addedHistogram) -> {
            durations.add(durationHistogram, labels);
            added.add(addedHistogram, labels);
        });
        families.add(durations.samples());
        families.add(added.samples());
    }

    private void collectConnections(List<MetricFamilySamples> families) {
        MetricFamily open = new MetricFamily(Metric.CONNECTIONS);
        MetricFamily opened = new MetricFamily(Metric.CONNECTIONS_OPENED);
        for (Side side : new Side[] {Side.DOWNSTREAM, Side.UPSTREAM}) {
            open.add(loops.stream().mapToLong(loop -> loop.open(side)).sum(), side.label());
            opened.add(
                    loops.stream().mapToLong(loop -> loop.openedInTotal(side)).sum(), side.label());
        }
        families.add(open.samples());
        families.add(opened.samples());
    }

    private MetricFamilySamples retries() {
        Map<String, Long> sums = new TreeMap<>();
        for (LoopTelemetry loop : loops) {
            loop.upstreamMeters().forEach(meter -> sums.merge(meter.upstream(), meter.retries(), Long::sum));
        }
        MetricFamily family = new MetricFamily(Metric.RETRIES);
        sums.forEach((upstream, count) -> family.add(count, upstream));
        return family.samples();
    }

    private MetricFamilySamples overflows() {
        MetricFamily family = new MetricFamily(Metric.OVERFLOWS);
        for (Overflow limit : Overflow.values()) {
            Map<String, Long> sums = new TreeMap<>();
            for (LoopTelemetry loop : loops) {
                loop.upstreamMeters().forEach(meter -> sums.merge(meter.upstream(), meter.overflows(limit), Long::sum));
            }
            sums.forEach((upstream, count) -> family.add(count, upstream, limit.label()));
        }
        return family.samples();
    }

    private MetricFamilySamples failures() {
        MetricFamily family = new MetricFamily(Metric.FAILURES);
        for (Failure failure : Failure.values()) {
            long count =
                    loops.stream().mapToLong(loop -> loop.failures(failure)).sum();
            family.add(
                    count,
                    failure.label(),
                    failure.phase().label(),
                    failure.side().label());
        }
        return family.samples();
    }

    private static int compare(List<String> one, List<String> other) {
        int order = 0;
        for (int i = 0; i < one.size() && order == 0; i++) {
            order = one.get(i).compareTo(other.get(i));
        }
        return order;
    }
}
