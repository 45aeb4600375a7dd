package io.evenkeel.proxy.overload;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.config.OverloadConfig;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class LagPressureTest {

    private static final long TICK_NANOS = 100_000_000;
    private static final OverloadConfig LIMITS = new OverloadConfig(95, 95, 95, 0, Duration.ofMillis(500), 85, 90, 95);

    private long now;
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private final LagPressure pressure = new LagPressure(List.of(Runnable::run, waiting::add), () -> now);

    @Test
    void aLoopThatIsPromptHasNone() {
        assertThat(measure(3 * LagPressure.WINDOW, true)).isZero();
    }

    @Test
    void onePauseIsNoOverload() {
        measure(LagPressure.WINDOW, true);
        now += 3_000_000_000L;
        runAll();

        assertThat(measure(1, false)).isZero();
        runAll();
        assertThat(measure(LagPressure.WINDOW, true)).isZero();
    }

    @Test
    void aLoopThatIsStuckCountsBeforeItGetsRoundToAnything() {
        measure(LagPressure.WINDOW, true);
        double last = measure(20, false);

        assertThat(last).isGreaterThan(1);
    }

    @Test
    void aLoopThatIsAlwaysLateStaysSoWhileTheNextTaskWaits() {
        measure(LagPressure.WINDOW, true);
        for (int i = 0; i < LagPressure.WINDOW; i++) {
            measure(6, false);
            runAll();
        }

        assertThat(measure(1, false)).isGreaterThanOrEqualTo(1);
    }

    /** Some measurements, the slower loop at work in between or stuck; gives the last. */
    private double measure(int times, boolean atWork) {
        double share = 0;
        for (int i = 0; i < times; i++) {
            share = pressure.share(LIMITS);
            if (atWork) {
                runAll();
            }
            now += TICK_NANOS;
        }
        return share;
    }

    private void runAll() {
        for (Runnable task = waiting.poll(); task != null; task = waiting.poll()) {
            task.run();
        }
    }
}
