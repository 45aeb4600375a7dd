package io.evenkeel.proxy.telemetry;

import java.util.Arrays;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/** All latencies of one kind since the start, in the buckets that are published. Not thread-safe; {@link LatencyBook} guards it. */
final class LatencyHistogram {

    private static final double SECOND_NANOS = 1e9;

    private final LatencyScale scale;

    /** Per bucket, not cumulative; the last is for what is above every bound. */
    private final long[] counts;

    private double sumSeconds;

    LatencyHistogram(LatencyScale scale) {
        this.scale = scale;
        this.counts = new long[scale.size() + 1];
    }

    /** Adds what one event loop recorded, in nanoseconds. */
    void add(Histogram recorded) {
        int bucket = 0;
        for (HistogramIterationValue step : recorded.recordedValues()) {
            long nanos = recorded.medianEquivalentValue(step.getValueIteratedTo());
            while (bucket < scale.size() && nanos > scale.boundNanos(bucket)) {
                bucket++;
            }
            counts[bucket] += step.getCountAddedInThisIterationStep();
            sumSeconds += nanos / SECOND_NANOS * step.getCountAddedInThisIterationStep();
        }
    }

    void add(LatencyHistogram other) {
        for (int i = 0; i < counts.length; i++) {
            counts[i] += other.counts[i];
        }
        sumSeconds += other.sumSeconds;
    }

    LatencyScale scale() {
        return scale;
    }

    /** How many are in the bucket of this index; the index after the last bound is for what is above it. */
    long count(int index) {
        return counts[index];
    }

    long totalCount() {
        return Arrays.stream(counts).sum();
    }

    double sumSeconds() {
        return sumSeconds;
    }

    /**
     * The latency, in nanoseconds, that this share of them does not exceed, interpolated within its bucket as Prometheus does; the
     * largest bound when it is above that, 0 when there are none.
     *
     * @param quantile 0–1
     */
    double quantileNanos(double quantile) {
        double rank = quantile * totalCount();
        long below = 0;
        for (int i = 0; i < scale.size(); i++) {
            if (counts[i] > 0 && below + counts[i] >= rank) {
                double from = i == 0 ? 0 : scale.boundNanos(i - 1);
                return from + (scale.boundNanos(i) - from) * (rank - below) / counts[i];
            }
            below += counts[i];
        }
        return totalCount() == 0 ? 0 : scale.boundNanos(scale.size() - 1);
    }

    LatencySummary summary() {
        return new LatencySummary(totalCount(), micros(0.5), micros(0.9), micros(0.99), micros(0.999));
    }

    private long micros(double quantile) {
        return Math.round(quantileNanos(quantile) / 1_000);
    }
}
