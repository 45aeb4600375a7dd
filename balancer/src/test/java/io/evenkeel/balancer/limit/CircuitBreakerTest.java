package io.evenkeel.balancer.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.balancer.Configs;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CircuitBreakerTest {

    private static final int THREADS = 4;
    private static final int ROUNDS = 50_000;

    private final CircuitBreaker breaker = new CircuitBreaker();

    private void configure(String yaml) {
        breaker.configure(Configs.upstream("circuit-breaker: " + yaml).circuitBreaker());
    }

    @Test
    void nothingIsLimitedByDefault() {
        configure("{}");
        assertThat(breaker.limitsExchanges()).isFalse();
        assertThat(breaker.open()).isFalse();
        assertThat(breaker.enterRetry()).isTrue();
    }

    @Test
    void itIsOpenWhileAsManyAreAtWorkAsMayBe() {
        configure("{ max-in-flight: 2 }");
        assertThat(breaker.enter()).isTrue();
        assertThat(breaker.open()).isFalse();
        assertThat(breaker.enter()).isTrue();
        assertThat(breaker.open()).isTrue();
        assertThat(breaker.enter()).isFalse();
        assertThat(breaker.exchanges()).isEqualTo(2);
        breaker.leave();
        assertThat(breaker.enter()).isTrue();
    }

    @Test
    void retriesHaveALimitOfTheirOwn() {
        configure("{ max-retries: 1 }");
        assertThat(breaker.enterRetry()).isTrue();
        assertThat(breaker.enterRetry()).isFalse();
        assertThat(breaker.retries()).isEqualTo(1);
        breaker.leaveRetry();
        assertThat(breaker.enterRetry()).isTrue();
    }

    @Test
    void aReloadKeepsTheCounts() {
        configure("{ max-in-flight: 3 }");
        assertThat(breaker.enter()).isTrue();
        assertThat(breaker.enter()).isTrue();
        configure("{ max-in-flight: 1 }");
        assertThat(breaker.enter()).isFalse();
        breaker.leave();
        assertThat(breaker.enter()).isFalse();
        breaker.leave();
        assertThat(breaker.enter()).isTrue();
    }

    @Test
    void itIsExactWhateverEventLoopsDo() throws Exception {
        configure("{ max-in-flight: 2 }");
        AtomicInteger atWork = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<?>> ends = new ArrayList<>();
            for (int t = 0; t < THREADS; t++) {
                ends.add(threads.submit(() -> enterOverAndOver(atWork, most)));
            }
            for (Future<?> end : ends) {
                end.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(most.get()).isBetween(1, 2);
        assertThat(breaker.exchanges()).isZero();
    }

    private void enterOverAndOver(AtomicInteger atWork, AtomicInteger most) {
        for (int i = 0; i < ROUNDS; i++) {
            if (breaker.enter()) {
                int now = atWork.incrementAndGet();
                most.accumulateAndGet(now, Math::max);
                atWork.decrementAndGet();
                breaker.leave();
            }
        }
    }
}
