package io.evenkeel.rebalancer;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.rebalancer.testing.SimulatedRouter;
import io.evenkeel.rebalancer.testing.SimulatedSwarm;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DrainsTest {

    private static final int MANY = 60;

    private final SimulatedSwarm swarm;
    private final SimulatedRouter one;
    private final SimulatedRouter other;

    DrainsTest() throws IOException {
        swarm = new SimulatedSwarm(3, "n1", "n2", "n3");
        one = new SimulatedRouter(swarm, Keel.TOKEN);
        other = new SimulatedRouter(swarm, Keel.TOKEN);
    }

    @BeforeEach
    void threeAndThree() {
        swarm.addService("vvm", Map.of(), "n1", "n2", "n1", "n2", "n1", "n2");
    }

    @AfterEach
    void stop() {
        one.close();
        other.close();
        swarm.close();
    }

    private Keel keel(Runnable beforeEachPause) {
        return new Keel(swarm, SimulatedRouter.config(one, other), beforeEachPause);
    }

    @Test
    void everyRouterDrainsBeforeATaskGoesAndNothingStaysDrained() {
        try (Keel keel = keel(() -> {})) {
            assertThat(keel.run()).isTrue();
        }
        assertThat(one.commands()).isNotEmpty().startsWith("drain").isEqualTo(other.commands());
        assertThat(one.draining()).isEmpty();
        assertThat(swarm.on("vvm", "n3")).isEqualTo(2);
    }

    @Test
    void whatIsInFlightIsWaitedForButNotForEver() {
        one.inFlight(1);
        AtomicInteger pauses = new AtomicInteger();
        try (Keel keel = keel(pauses::incrementAndGet)) {
            assertThat(keel.run()).isTrue();
        }
        assertThat(pauses.get()).as("30 s of drain for each of two moves").isGreaterThan(2 * MANY);
        assertThat(swarm.on("vvm", "n3")).isEqualTo(2);
    }

    @Test
    void aRouterThatDoesNotAnswerEndsTheMoveAndEverythingIsPutBack() {
        AtomicInteger pauses = new AtomicInteger();
        try (Keel keel = keel(() -> {
            if (pauses.getAndIncrement() == 1) {
                other.breakDown();
            }
        })) {
            assertThat(keel.run()).isFalse();
            assertThat(keel.report.now().history().get(0).result()).contains("router 127.0.0.1");
            keel.tick(20);
        }
        assertThat(swarm.spec("vvm").at("/Mode/Replicated/Replicas").asInt()).isEqualTo(6);
        assertThat(one.draining()).isEmpty();
    }

    /** Whatever step it dies at, nothing stays drained once the next one has been there. */
    @Test
    void nobodysDeathLeavesAnEndpointDrained() {
        one.inFlight(1);
        for (int steps = 2; steps < MANY; steps += 4) {
            AtomicInteger left = new AtomicInteger(steps);
            try (Keel dies = keel(() -> {
                if (left.getAndDecrement() == 0) {
                    throw new Killed();
                }
            })) {
                boolean unused = dies.run();
            } catch (Killed killed) {
                // as kill -9 would
            }
            try (Keel next = keel(() -> {})) {
                next.tick(5);
                assertThat(next.run()).isTrue();
                next.tick(5);
                assertThat(next.run()).isTrue();
            }
            assertThat(one.draining()).as("after %d pauses", steps).isEmpty();
            assertThat(other.draining()).as("after %d pauses", steps).isEmpty();
        }
    }

    @SuppressWarnings("serial")
    private static final class Killed extends Error {}
}
