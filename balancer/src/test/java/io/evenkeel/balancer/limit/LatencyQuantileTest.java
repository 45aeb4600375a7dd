package io.evenkeel.balancer.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LatencyQuantileTest {

    private final LatencyQuantile quantile = new LatencyQuantile();
    private final SplittableRandom random = new SplittableRandom(7);

    /** Exponential, of this mean. */
    private long duration(double mean) {
        return (long) (-Math.log(1 - random.nextDouble()) * mean) + 1;
    }

    @ParameterizedTest
    @CsvSource({"50, 1e6", "90, 1e6", "95, 1e4", "95, 1e9", "99, 1e6"})
    void asManyDurationsAreShorterAsAskedFor(int percentile, double mean) {
        quantile.configure(percentile);
        for (int i = 0; i < 5_000; i++) {
            quantile.add(duration(mean));
        }
        int shorter = 0;
        for (int i = 0; i < 20_000; i++) {
            long next = duration(mean);
            shorter += next <= quantile.nanos() ? 1 : 0;
            quantile.add(next);
        }
        assertThat(shorter / 200.0).isBetween(percentile - 1.5, percentile + 1.5);
    }

    @Test
    void littleIsNotBelieved() {
        quantile.configure(95);
        for (int i = 0; i < 199; i++) {
            quantile.add(1000);
        }
        assertThat(quantile.nanos()).isZero();
        quantile.add(1000);
        assertThat(quantile.nanos()).isPositive();
    }

    @Test
    void aChangeIsFollowed() {
        quantile.configure(95);
        for (int i = 0; i < 5_000; i++) {
            quantile.add(duration(1e6));
        }
        long before = quantile.nanos();
        for (int i = 0; i < 1_000; i++) {
            quantile.add(duration(1e7));
        }
        assertThat(quantile.nanos()).isGreaterThan(5 * before);
    }
}
