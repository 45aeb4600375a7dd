package io.evenkeel.proxy.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.balancer.policy.LoadBalancer;
import io.evenkeel.config.HashKeyConfig;
import io.evenkeel.config.RateLimitConfig;
import io.evenkeel.proxy.telemetry.Allocations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RateLimitTest {

    private static final long BEGIN = Long.MAX_VALUE - 5;
    private static final long SECOND = 1_000_000_000;

    private static RateLimit limit(int requests, Duration per, int burst, int maxKeys) {
        Optional<HashKeyConfig> key = Optional.of(new HashKeyConfig.Header("X-Key"));
        return new RateLimit(
                new RateLimitConfig(requests, per, burst, maxKeys == 0 ? Optional.empty() : key, maxKeys), BEGIN);
    }

    private static boolean takes(RateLimit limit, long key, long nanos) {
        return limit.take(key, at(nanos)) == 0;
    }

    /** A moment so long after the limit began; the clock may wrap around. */
    private static long at(long nanos) {
        return BEGIN + nanos;
    }

    /** How many of so many requests at once are taken. */
    private static int taken(RateLimit limit, int asked, long nanos) {
        int taken = 0;
        for (int i = 0; i < asked; i++) {
            taken += takes(limit, LoadBalancer.NO_KEY, nanos) ? 1 : 0;
        }
        return taken;
    }

    @ParameterizedTest
    @CsvSource({
        // requests, per, burst, taken at once at first, after one interval, after a long time
        "10, 1s, 0, 10, 1, 10",
        "10, 1s, 3, 3, 1, 3",
        "10, 1s, 25, 25, 1, 25",
        "1, 1s, 1, 1, 1, 1",
        "7, 24h, 0, 7, 1, 7",
        "10000000, 1s, 20, 20, 1, 20"
    })
    void aBurstIsTakenAtOnceAndThenTheRate(
            int requests, String per, int burst, int atFirst, int afterAnInterval, int afterALongTime) {
        Duration time = Duration.parse("PT" + per);
        RateLimit limit = limit(requests, time, burst, 0);
        long interval = (time.toNanos() + requests - 1) / requests;
        assertThat(taken(limit, 50, 0)).isEqualTo(atFirst);
        assertThat(taken(limit, 50, interval - 1)).isZero();
        assertThat(taken(limit, 50, interval)).isEqualTo(afterAnInterval);
        assertThat(taken(limit, 50, 1000 * time.toNanos())).isEqualTo(afterALongTime);
    }

    @Test
    void inTheLongRunTheRateIsTakenHoweverMuchIsAskedFor() {
        RateLimit limit = limit(100, Duration.ofSeconds(1), 10, 0);
        int taken = 0;
        for (long nanos = 0; nanos < 60 * SECOND; nanos += SECOND / 777) {
            taken += takes(limit, LoadBalancer.NO_KEY, nanos) ? 1 : 0;
        }
        assertThat(taken).isBetween(60 * 100, 60 * 100 + 10);
    }

    @Test
    void aRefusalTellsWhenToComeBackAndCostsNothing() {
        RateLimit limit = limit(1, Duration.ofSeconds(10), 2, 0);
        assertThat(taken(limit, 2, 0)).isEqualTo(2);
        assertThat(limit.take(LoadBalancer.NO_KEY, at(SECOND))).isEqualTo(9 * SECOND);
        assertThat(limit.take(LoadBalancer.NO_KEY, at(SECOND))).isEqualTo(9 * SECOND);
        assertThat(takes(limit, LoadBalancer.NO_KEY, 10 * SECOND)).isTrue();
    }

    @Test
    void keysAreCountedApartAndRequestsWithoutOneTogether() {
        RateLimit limit = limit(1, Duration.ofHours(1), 1, 100);
        assertThat(takes(limit, 7, 0)).isTrue();
        assertThat(takes(limit, 7, 0)).isFalse();
        assertThat(takes(limit, 8, 0)).isTrue();
        assertThat(takes(limit, LoadBalancer.NO_KEY, 0)).isTrue();
        assertThat(takes(limit, LoadBalancer.NO_KEY, 0)).isFalse();
    }

    @Test
    void whereThereAreTooManyKeysOneThatWasNotSeenBeginsAnew() {
        RateLimit limit = limit(1, Duration.ofHours(1), 1, 2);
        assertThat(takes(limit, 7, 0)).isTrue();
        assertThat(takes(limit, 8, 0)).isTrue();
        assertThat(takes(limit, 8, 0)).isFalse();
        assertThat(takes(limit, 9, 0)).isTrue();
        assertThat(takes(limit, 8, 0)).isFalse();
        assertThat(takes(limit, 7, 0)).isTrue();
    }

    @Test
    void anExtremeLimitDoesNotOverflow() {
        RateLimit limit = limit(1, Duration.ofHours(24), 10_000_000, 0);
        assertThat(taken(limit, 30_000, 0)).isEqualTo(30_000);
    }

    @Test
    void threadsTogetherTakeNotOneTooMany() throws InterruptedException, ExecutionException {
        RateLimit limit = limit(1, Duration.ofHours(1), 10_000, 10);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<Future<Integer>> taken = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            taken.add(threads.submit(() -> {
                int mine = 0;
                for (int j = 0; j < 10_000; j++) {
                    mine += takes(limit, 7, 0) ? 1 : 0;
                }
                return mine;
            }));
        }
        int sum = 0;
        for (Future<Integer> each : taken) {
            sum += each.get();
        }
        threads.shutdown();
        assertThat(sum).isEqualTo(10_000);
    }

    @Test
    void aKnownKeyAllocatesNothing() {
        RateLimit limit = limit(1000, Duration.ofSeconds(1), 0, 10);
        long[] now = {0};
        assertThat(Allocations.perRun(10_000, () -> limit.take(7, at(now[0] += 500_000))))
                .isLessThan(1);
    }
}
