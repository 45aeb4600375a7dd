package io.evenkeel.balancer.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.balancer.Configs;
import io.evenkeel.config.HealthCheckConfig;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuspicionTest {

    private final HealthCheckConfig config = Configs.upstream("health-check: { interval: 5s, timeout: 2s }")
            .healthCheck()
            .orElseThrow();
    private final Suspicion suspicion = new Suspicion(config);

    @ParameterizedTest
    @CsvSource({"0, 100", "3.9, 100", "4, 100", "4.1, 90", "5, 70", "6, 50", "7.9, 10", "8, 10", "90, 10"})
    void theWeightFallsFromWeakenAtOn(double phi, int percent) {
        assertThat(suspicion.weightPercent(phi)).isEqualTo(percent);
    }

    @Test
    void timeBetweenChecksIsNoSilence() {
        suspicion.sent(at(0));
        suspicion.passed(at(3));

        assertThat(suspicion.phi(at(1_000_000))).isZero();
        suspicion.sent(at(1_000_000));
        assertThat(suspicion.phi(at(1_000_001))).isLessThan(0.1);
    }

    @Test
    void silenceGoesOnOverTheNextCheckUntilAnAnswer() {
        suspicion.sent(at(0));
        suspicion.sent(at(2_000));
        assertThat(suspicion.silenceNanos(at(2_500))).isEqualTo(at(2_500));
        assertThat(suspicion.ejects(suspicion.phi(at(5_000)))).isTrue();

        suspicion.answered();
        assertThat(suspicion.phi(at(5_000))).isZero();
    }

    @Test
    void whatIsExcusedIsNotSilence() {
        suspicion.sent(at(0));
        suspicion.excuse(at(60_000));

        assertThat(suspicion.silenceNanos(at(60_010))).isEqualTo(at(10));
        suspicion.passed(at(60_010));
        suspicion.sent(at(61_000));
        assertThat(suspicion.ejects(suspicion.phi(at(66_000)))).isTrue();
    }

    private static long at(long millis) {
        return Duration.ofMillis(millis).toNanos();
    }
}
