package io.evenkeel.proxy.telemetry;

import io.prometheus.client.Collector.MetricFamilySamples;
import java.util.List;
import java.util.function.ToLongFunction;

/** Reads what the event loops counted of HTTP/2, summed over all of them. Stateless. */
final class Http2Metrics {

    private Http2Metrics() {}

    static void collect(List<LoopTelemetry> loops, List<MetricFamilySamples> families) {
        MetricFamily streams = new MetricFamily(Metric.HTTP2_STREAMS);
        streams.add(sum(loops, Http2Meter::streams));
        families.add(streams.samples());
        MetricFamily resets = new MetricFamily(Metric.HTTP2_RESETS);
        resets.add(sum(loops, Http2Meter::resetsByClient), "client");
        resets.add(sum(loops, Http2Meter::resetsByRouter), "router");
        families.add(resets.samples());
        MetricFamily floods = new MetricFamily(Metric.HTTP2_FLOODS);
        for (Flood kind : Flood.values()) {
            floods.add(sum(loops, meter -> meter.floods(kind)), kind.label());
        }
        families.add(floods.samples());
    }

    private static long sum(List<LoopTelemetry> loops, ToLongFunction<Http2Meter> count) {
        return loops.stream().mapToLong(loop -> count.applyAsLong(loop.http2())).sum();
    }
}
