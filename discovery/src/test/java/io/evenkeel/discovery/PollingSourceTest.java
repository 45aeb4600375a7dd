package io.evenkeel.discovery;

import static io.evenkeel.discovery.testing.ScriptedSource.endpoints;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.discovery.testing.Heard;
import io.evenkeel.discovery.testing.VirtualScheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class PollingSourceTest {

    private static final Duration INTERVAL = Duration.ofSeconds(10);

    private final VirtualScheduler scheduler = new VirtualScheduler();
    private final List<CompletableFuture<List<Endpoint>>> looks = new ArrayList<>();
    private final List<Long> looksAtNanos = new ArrayList<>();
    private final Heard heard = new Heard();
    private final PollingSource source =
            new PollingSource("test", this::look, INTERVAL, scheduler, new SplittableRandom(42));

    private CompletableFuture<List<Endpoint>> look() {
        looksAtNanos.add(scheduler.nanoTime());
        looks.add(new CompletableFuture<>());
        return looks.get(looks.size() - 1);
    }

    @Test
    void itLooksAtTheStartAndThenAgainAfterTheInterval() {
        source.start(heard);
        assertThat(looks).hasSize(1);
        looks.get(0).complete(endpoints(1));
        scheduler.advance(INTERVAL.multipliedBy(2));
        assertThat(looks).hasSize(2);
        assertThat(heard.sets).containsExactly(endpoints(1));
    }

    @Test
    void looksNeverOverlap() {
        source.start(heard);
        scheduler.advance(INTERVAL.multipliedBy(10));
        assertThat(looks).hasSize(1);
    }

    @Test
    void theIntervalVariesByATenthEitherWay() {
        source.start(heard);
        for (int i = 0; i < 200; i++) {
            looks.get(i).complete(endpoints(1));
            while (looks.size() == i + 1) {
                scheduler.advance(Duration.ofMillis(50));
            }
        }
        List<Long> gaps = new ArrayList<>();
        for (int i = 1; i < looksAtNanos.size(); i++) {
            gaps.add(looksAtNanos.get(i) - looksAtNanos.get(i - 1));
        }
        assertThat(gaps).allSatisfy(gap -> assertThat(gap)
                .isBetween(
                        Duration.ofMillis(9_000).toNanos(),
                        Duration.ofMillis(11_050).toNanos()));
        assertThat(gaps.stream().distinct().count()).isGreaterThan(50);
    }

    @Test
    void aFailedLookIsToldWithItsReasonAndTheNextOneComes() {
        source.start(heard);
        looks.get(0).completeExceptionally(LookupFailure.noAnswer("nobody home"));
        scheduler.advance(INTERVAL.multipliedBy(2));
        assertThat(heard.failures).containsExactly("nobody home");
        assertThat(looks).hasSize(2);
    }

    @Test
    void aLookThatThrowsIsAFailureLikeAnyOther() {
        Lookup broken = () -> {
            throw new IllegalStateException("broken");
        };
        new PollingSource("test", broken, INTERVAL, scheduler, new SplittableRandom(1)).start(heard);
        scheduler.advance(INTERVAL.multipliedBy(3));
        assertThat(heard.failures).hasSizeBetween(3, 4);
    }

    @Test
    void anAnswerThatArrivesAfterCloseIsNotTold() {
        source.start(heard);
        source.close();
        looks.get(0).complete(endpoints(1));
        scheduler.advance(INTERVAL.multipliedBy(5));
        assertThat(heard.sets).isEmpty();
        assertThat(looks).hasSize(1);
    }

    @Test
    void nothingIsLookedForAfterClose() {
        source.start(heard);
        looks.get(0).complete(endpoints(1));
        source.close();
        scheduler.advance(INTERVAL.multipliedBy(5));
        assertThat(looks).hasSize(1);
        assertThat(scheduler.waitingTasks()).isZero();
    }
}
