package io.evenkeel.discovery.consul;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PaceTest {

    private static final Duration REFILL = Duration.ofMillis(100);

    private final Pace pace = new Pace(REFILL, new SplittableRandom(1));

    @Test
    void twoAnswersMayFollowOneAnotherTheThirdWaits() {
        assertThat(pace.afterAnswer(0)).isZero();
        assertThat(pace.afterAnswer(0)).isZero();
        assertThat(pace.afterAnswer(0)).isBetween(Duration.ofMillis(80), Duration.ofMillis(120));
    }

    @Test
    void timeThatPassesFillsTheBucketUpToItsBrim() {
        assertThat(pace.afterAnswer(0)).isZero();
        assertThat(pace.afterAnswer(0)).isZero();
        long later = Duration.ofHours(1).toNanos();
        assertThat(pace.afterAnswer(later)).isZero();
        assertThat(pace.afterAnswer(later)).isZero();
        assertThat(pace.afterAnswer(later)).isPositive();
    }

    @Test
    void anAnswerThatAlwaysComesAtOnceIsAskedForAtTheRefillRate() {
        long now = 0;
        int answers = 0;
        for (; now < Duration.ofSeconds(10).toNanos(); answers++) {
            now += pace.afterAnswer(now).toNanos();
        }
        assertThat(answers).isBetween(90, 115);
    }

    @Test
    void pausesAfterFailuresDoubleUpToTenSecondsAndVary() {
        Duration before = pace.afterFailure();
        assertThat(before).isBetween(Duration.ofMillis(40), Duration.ofMillis(60));
        for (int i = 0; i < 20; i++) {
            before = pace.afterFailure();
        }
        assertThat(before).isBetween(Duration.ofSeconds(8), Duration.ofSeconds(12));
        assertThat(pace.afterFailure()).isNotEqualTo(before);
    }

    @Test
    void anAnswerMakesTheNextFailureTheFirstAgain() {
        for (int i = 0; i < 10; i++) {
            pace.afterFailure();
        }
        pace.afterAnswer(0);
        assertThat(pace.afterFailure()).isLessThan(Duration.ofMillis(100));
    }
}
