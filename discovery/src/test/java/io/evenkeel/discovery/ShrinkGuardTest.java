package io.evenkeel.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.config.MergeConfig;
import io.evenkeel.config.MergeConfig.Agreement;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShrinkGuardTest {

    private static final Duration HOLD = Duration.ofSeconds(30);

    private final ShrinkGuard guard = new ShrinkGuard();
    private long nowNanos = Long.MAX_VALUE - Duration.ofSeconds(40).toNanos();

    @ParameterizedTest
    @CsvSource({
        "6, 6, true",
        "6, 3, true",
        "6, 2, false",
        "6, 0, false",
        "5, 3, true",
        "5, 2, false",
        "1, 1, true",
        "1, 0, false",
        "0, 0, true",
        "0, 9, true",
        "2, 1, true"
    })
    void afterAFailureFewerThanTheShareAreDoubted(int before, int now, boolean believed) {
        guard.failed();
        assertThat(guard.believes(before, now, share(50), nowNanos)).isEqualTo(believed);
    }

    @ParameterizedTest
    @CsvSource({"6, 1, true", "6, 0, false", "1, 0, false", "0, 0, true"})
    void withoutAFailureOnlyNothingIsDoubted(int before, int now, boolean believed) {
        assertThat(guard.believes(before, before, share(50), nowNanos)).isTrue();
        assertThat(guard.believes(before, now, share(50), nowNanos)).isEqualTo(believed);
    }

    @ParameterizedTest
    @CsvSource({"0, 1, true", "0, 0, false", "100, 99, false", "100, 100, true", "1, 1, true"})
    void theShareIsAKnob(int percent, int now, boolean believed) {
        guard.failed();
        assertThat(guard.believes(100, now, share(percent), nowNanos)).isEqualTo(believed);
    }

    @Test
    void whoInsistsIsBelievedAfterTheHoldAndNotBefore() {
        guard.failed();
        assertThat(guard.believes(6, 1, share(50), nowNanos)).isFalse();
        for (int second = 1; second < 30; second++) {
            nowNanos += Duration.ofSeconds(1).toNanos();
            assertThat(guard.believes(6, second % 3, share(50), nowNanos)).isFalse();
        }
        nowNanos += Duration.ofSeconds(1).toNanos();
        assertThat(guard.believes(6, 1, share(50), nowNanos)).isTrue();
        assertThat(guard.doubting()).isFalse();
    }

    @Test
    void aFailureDuringTheHoldStartsItAnew() {
        guard.failed();
        assertThat(guard.believes(6, 1, share(50), nowNanos)).isFalse();
        nowNanos += Duration.ofSeconds(29).toNanos();
        guard.failed();
        assertThat(guard.believes(6, 1, share(50), nowNanos)).isFalse();
        nowNanos += Duration.ofSeconds(29).toNanos();
        assertThat(guard.believes(6, 1, share(50), nowNanos)).isFalse();
        assertThat(guard.believedAtNanos() - nowNanos)
                .isEqualTo(Duration.ofSeconds(1).toNanos());
    }

    @Test
    void enoughAgainEndsTheDoubtAtOnceAndLetsTheSourceShrinkAsItLikes() {
        guard.failed();
        assertThat(guard.believes(6, 1, share(50), nowNanos)).isFalse();
        assertThat(guard.believes(6, 3, share(50), nowNanos)).isTrue();
        assertThat(guard.believes(3, 1, share(50), nowNanos)).isTrue();
    }

    @Test
    void aFewAfterNothingAreDoubtedAsNothingWas() {
        assertThat(guard.believes(6, 6, share(50), nowNanos)).isTrue();
        assertThat(guard.believes(6, 0, share(50), nowNanos)).isFalse();
        assertThat(guard.believes(6, 1, share(50), nowNanos)).isFalse();
        assertThat(guard.believes(6, 3, share(50), nowNanos)).isTrue();
    }

    @Test
    void withoutAHoldEverythingIsBelieved() {
        guard.failed();
        MergeConfig credulous = new MergeConfig(Agreement.ANY, 50, Duration.ZERO, Duration.ZERO);
        assertThat(guard.believes(6, 0, credulous, nowNanos)).isTrue();
    }

    private static MergeConfig share(int percent) {
        return new MergeConfig(Agreement.ANY, percent, HOLD, Duration.ZERO);
    }
}
