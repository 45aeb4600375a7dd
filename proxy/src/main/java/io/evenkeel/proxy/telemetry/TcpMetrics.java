package io.evenkeel.proxy.telemetry;

import io.prometheus.client.Collector.MetricFamilySamples;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/** Reads what the event loops counted of TCP connections, summed over all of them. Stateless. */
final class TcpMetrics {

    private TcpMetrics() {}

    static void collect(List<LoopTelemetry> loops, List<MetricFamilySamples> families) {
        families.add(sum(Metric.TCP_OPEN, loops, TcpMeter::open));
        families.add(sum(Metric.TCP_CONNECTIONS, loops, TcpMeter::connections));
        families.add(sum(Metric.TCP_SECONDS, loops, TcpMeter::endedSeconds));
        families.add(sum(Metric.TCP_RECEIVED, loops, TcpMeter::bytesReceived));
        families.add(sum(Metric.TCP_SENT, loops, TcpMeter::bytesSent));
    }

    private static MetricFamilySamples sum(Metric metric, List<LoopTelemetry> loops, ToDoubleFunction<TcpMeter> count) {
        Map<String, Map<String, Double>> sums = new TreeMap<>();
        for (LoopTelemetry loop : loops) {
            for (TcpMeter meter : loop.tcpMeters()) {
                sums.computeIfAbsent(meter.listener(), listener -> new TreeMap<>())
                        .merge(meter.upstream(), count.applyAsDouble(meter), Double::sum);
            }
        }
        MetricFamily family = new MetricFamily(metric);
        sums.forEach((listener, byUpstream) ->
                byUpstream.forEach((upstream, value) -> family.add(value.doubleValue(), listener, upstream)));
        return family.samples();
    }
}
