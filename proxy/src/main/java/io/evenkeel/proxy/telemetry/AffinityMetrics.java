package io.evenkeel.proxy.telemetry;

import io.prometheus.client.Collector.MetricFamilySamples;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/** Reads what ties requests to endpoints, and which requests a limit refused. Stateless. */
final class AffinityMetrics {

    private AffinityMetrics() {}

    static void collect(List<LoopTelemetry> loops, List<StickTableStatus> tables, List<MetricFamilySamples> families) {
        ties(loops, families);
        MetricFamily aborted = new MetricFamily(Metric.KEYS_ABORTED);
        byUpstream(loops, UpstreamMeter::keysAborted).forEach((upstream, count) -> aborted.add(count, upstream));
        families.add(aborted.samples());
        families.add(limited(loops));
        MetricFamily entries = new MetricFamily(Metric.STICK_TABLE_ENTRIES);
        MetricFamily evictions = new MetricFamily(Metric.STICK_TABLE_EVICTIONS);
        for (StickTableStatus table : tables) {
            entries.add(table.entries(), table.upstream());
            evictions.add(table.evictions(), table.upstream());
        }
        families.addAll(List.of(entries.samples(), evictions.samples()));
    }

    private static void ties(List<LoopTelemetry> loops, List<MetricFamilySamples> families) {
        MetricFamily sticky = new MetricFamily(Metric.STICKY);
        MetricFamily keys = new MetricFamily(Metric.STICK_TABLE_LOOKUPS);
        for (TieOutcome outcome : TieOutcome.values()) {
            MetricFamily family = outcome.ofCookie() ? sticky : keys;
            byUpstream(loops, meter -> meter.ties(outcome))
                    .forEach((upstream, count) -> family.add(count, upstream, outcome.label()));
        }
        families.addAll(List.of(sticky.samples(), keys.samples()));
    }

    private static Map<String, Long> byUpstream(List<LoopTelemetry> loops, ToLongFunction<UpstreamMeter> count) {
        Map<String, Long> sums = new TreeMap<>();
        for (LoopTelemetry loop : loops) {
            loop.upstreamMeters().forEach(meter -> sums.merge(meter.upstream(), count.applyAsLong(meter), Long::sum));
        }
        return sums;
    }

    private static MetricFamilySamples limited(List<LoopTelemetry> loops) {
        Map<String, Long> sums = new TreeMap<>();
        for (LoopTelemetry loop : loops) {
            for (RouteMeter meter : loop.routeMeters()) {
                if (!meter.labels().route().isEmpty()) {
                    sums.merge(meter.labels().route(), meter.limited(), Long::sum);
                }
            }
        }
        MetricFamily family = new MetricFamily(Metric.RATE_LIMITED);
        sums.forEach((route, count) -> family.add(count, route));
        return family.samples();
    }
}
