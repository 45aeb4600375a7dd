package io.evenkeel.balancer.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.evenkeel.config.PhiConfig;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class PhiAccrualTest {

    private static final Duration HALF = Duration.ofMillis(500);

    @ParameterizedTest
    @CsvFileSource(resources = "phi.csv", quoteCharacter = '\'', maxCharsPerColumn = 10_000)
    void phiIsWhatAnotherProgramComputes(
            @Nullable String silences, long minDeviation, long pause, long silence, double expected) {
        PhiAccrual accrual = accrual(minDeviation, pause);
        for (String each : silences == null ? new String[0] : silences.split(" ", -1)) {
            if (!each.isEmpty()) {
                accrual.add(millis(Long.parseLong(each)));
            }
        }

        assertThat(accrual.phi(millis(silence))).isCloseTo(expected, withinPercentage(1e-6));
    }

    @Test
    void suspicionGrowsWithSilence() {
        PhiAccrual accrual = accrual(100, 1_000);
        double before = -1;
        for (int ms = 0; ms < 10_000; ms += 10) {
            double phi = accrual.phi(millis(ms));
            assertThat(phi).isGreaterThan(before);
            before = phi;
        }
    }

    @Test
    void aSlowEndpointIsLearntToBeSlow() {
        PhiAccrual accrual = accrual(100, 0);
        for (int i = 0; i < 100; i++) {
            accrual.add(millis(2));
        }
        assertThat(accrual.phi(millis(1_000))).isGreaterThan(16);
        for (int i = 0; i < 50; i++) {
            accrual.add(millis(1_000));
        }

        assertThat(accrual.phi(millis(1_000))).isLessThan(1);
        assertThat(accrual.phi(millis(5_000))).isGreaterThan(8);
    }

    private static PhiAccrual accrual(long minDeviation, long pause) {
        return new PhiAccrual(
                new PhiConfig(4, 8, 100, Duration.ofMillis(minDeviation), Duration.ofMillis(pause)), HALF);
    }

    private static long millis(long millis) {
        return Duration.ofMillis(millis).toNanos();
    }
}
