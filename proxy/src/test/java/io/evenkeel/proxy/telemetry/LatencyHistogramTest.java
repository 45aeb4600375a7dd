package io.evenkeel.proxy.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LatencyHistogramTest {

    private final RouteMeter meter = new RouteMeter(new RouteLabels("web", "all", "vvm"));
    private final LatencyHistogram histogram = new LatencyHistogram(LatencyScale.ADDED);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void everyQuantileIsWithinTenPercentOfTheExactOne(long seed) {
        Random random = new Random(seed);
        long[] nanos = new long[200_000];
        for (int i = 0; i < nanos.length; i++) {
            nanos[i] = (long) (40_000 * Math.exp(random.nextGaussian() * 1.2));
            meter.record(200, 0, nanos[i]);
            if (i % 1_000 == 0) {
                histogram.add(meter.takeAdded());
            }
        }
        histogram.add(meter.takeAdded());
        Arrays.sort(nanos);

        for (double quantile : new double[] {0.01, 0.5, 0.9, 0.99, 0.999, 0.9999}) {
            double exact = nanos[(int) Math.ceil(quantile * nanos.length) - 1];
            assertThat(histogram.quantileNanos(quantile)).as("p%s", quantile).isCloseTo(exact, withinPercentage(10));
        }
        assertThat(histogram.totalCount()).isEqualTo(nanos.length);
        assertThat(histogram.sumSeconds()).isCloseTo(Arrays.stream(nanos).sum() / 1e9, withinPercentage(1));
    }

    @Test
    void whatIsAboveEveryBoundIsCountedAndReadAsTheLargest() {
        meter.record(200, 0, 5_000_000_000L);
        histogram.add(meter.takeAdded());

        assertThat(histogram.count(LatencyScale.ADDED.size())).isEqualTo(1);
        assertThat(histogram.quantileNanos(0.5)).isEqualTo(1e9);
        assertThat(histogram.sumSeconds()).isCloseTo(5, withinPercentage(1));
    }

    @Test
    void anEmptyHistogramReadsAsZero() {
        assertThat(histogram.quantileNanos(0.99)).isZero();
        assertThat(histogram.summary()).isEqualTo(new LatencySummary(0, 0, 0, 0, 0));
    }

    @Test
    void theSummaryIsInMicroseconds() {
        for (int i = 0; i < 1_000; i++) {
            meter.record(200, 0, i < 950 ? 100_000 : 10_000_000);
        }
        histogram.add(meter.takeAdded());
        LatencySummary summary = histogram.summary();

        assertThat(summary.count()).isEqualTo(1_000);
        assertThat(summary.p50Micros()).isCloseTo(100, withinPercentage(10));
        assertThat(summary.p90Micros()).isCloseTo(100, withinPercentage(10));
        assertThat(summary.p99Micros()).isCloseTo(10_000, withinPercentage(10));
    }
}
