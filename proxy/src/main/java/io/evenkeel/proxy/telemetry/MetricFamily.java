package io.evenkeel.proxy.telemetry;

import io.prometheus.client.Collector.MetricFamilySamples;
import io.prometheus.client.Collector.MetricFamilySamples.Sample;
import java.util.ArrayList;
import java.util.List;

/** The values of one metric at one scrape, in the making. Not thread-safe. */
final class MetricFamily {

    private final Metric metric;
    private final List<Sample> samples = new ArrayList<>();

    MetricFamily(Metric metric) {
        this.metric = metric;
    }

    /** Adds one value; the label values are in the order of the metric's labels. */
    MetricFamily add(double value, String... labelValues) {
        samples.add(new Sample(metric.metricName(), metric.labels(), List.of(labelValues), value));
        return this;
    }

    /** Adds one count, exact up to 2^53. */
    MetricFamily add(long count, String... labelValues) {
        return add((double) count, labelValues);
    }

    /** Adds one histogram: cumulative buckets, of which the last is also the count, and the sum. */
    void add(LatencyHistogram histogram, List<String> labelValues) {
        LatencyScale scale = histogram.scale();
        List<String> bucketLabels = with(metric.labels(), "le");
        long count = 0;
        for (int i = 0; i <= scale.size(); i++) {
            count += histogram.count(i);
            String bound = i < scale.size() ? scale.label(i) : "+Inf";
            samples.add(new Sample(metric.metricName() + "_bucket", bucketLabels, with(labelValues, bound), count));
        }
        samples.add(new Sample(metric.metricName() + "_count", metric.labels(), labelValues, count));
        samples.add(new Sample(metric.metricName() + "_sum", metric.labels(), labelValues, histogram.sumSeconds()));
    }

    MetricFamilySamples samples() {
        return new MetricFamilySamples(metric.metricName(), metric.type(), metric.help(), samples);
    }

    private static List<String> with(List<String> values, String last) {
        List<String> all = new ArrayList<>(values);
        all.add(last);
        return all;
    }
}
