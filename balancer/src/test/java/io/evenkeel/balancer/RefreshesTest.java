package io.evenkeel.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.discovery.testing.VirtualScheduler;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RefreshesTest {

    private final VirtualScheduler scheduler = new VirtualScheduler();
    private int asked;
    private int done;
    private int seen;
    private final Refreshes refreshes = new Refreshes(scheduler, () -> {
        done++;
        seen = asked;
    });

    @Test
    void theFirstIsDoneAtOnceAndAllThatAskMeanwhileAreDoneOnceMore() {
        ask(1);
        assertThat(done).isEqualTo(1);
        ask(100);
        assertThat(done).isEqualTo(1);
        scheduler.advance(Refreshes.INTERVAL);
        assertThat(done).isEqualTo(2);
        scheduler.advance(Duration.ofSeconds(1));
        assertThat(done).isEqualTo(2);
        assertThat(scheduler.waitingTasks()).isZero();
    }

    @Test
    void thereAreAtMostTwentyASecondAndNothingIsLost() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 25_000; i++) {
            ask(random.nextInt(3));
            scheduler.advance(Duration.ofMillis(2));
        }
        assertThat(done).isBetween(900, 50 * 20 + 1);
        ask(1);
        scheduler.advance(Refreshes.INTERVAL);
        assertThat(seen).isEqualTo(asked);
    }

    private void ask(int times) {
        for (int i = 0; i < times; i++) {
            asked++;
            refreshes.ask();
        }
    }
}
