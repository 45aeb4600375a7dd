package io.evenkeel.rebalancer;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.config.RebalanceRoutersConfig;
import io.evenkeel.rebalancer.testing.SimulatedSwarm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunsTest {

    private static final Map<String, Integer> EVEN = Map.of("n1", 2, "n2", 2, "n3", 2);
    private static final String JOURNAL = "evenkeel.rebalance.journal";

    private final SimulatedSwarm swarm = simulated(7);

    @AfterEach
    void stop() {
        swarm.close();
    }

    private static SimulatedSwarm simulated(long seed) {
        try {
            return new SimulatedSwarm(seed, "n1", "n2", "n3");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Keel keel(SimulatedSwarm swarm, Runnable beforeEachPause) {
        return new Keel(swarm, RebalanceRoutersConfig.defaults(), beforeEachPause);
    }

    private void threeAndThree(Map<String, String> labels) {
        swarm.addService("vvm", labels, "n1", "n2", "n1", "n2", "n1", "n2");
        swarm.tick();
        int ignored = swarm.leastRunning();
        assertThat(ignored).isEqualTo(6);
    }

    @Test
    void sixTasksAreEvenAfterTwoMovesAndNeverLessThanSix() {
        threeAndThree(Map.of());
        int before = swarm.starts();
        try (Keel keel = keel(swarm, () -> {})) {
            assertThat(keel.run()).isTrue();
            assertThat(keel.planned()).isZero();
        }
        assertThat(swarm.spread("vvm")).isEqualTo(EVEN);
        assertThat(swarm.starts() - before).isEqualTo(2);
        assertThat(swarm.leastRunning()).isGreaterThanOrEqualTo(6);
    }

    @Test
    void nothingButReplicasAndTheJournalEverChanges() {
        threeAndThree(Map.of("team", "blue"));
        var before = swarm.spec("vvm");
        try (Keel keel = keel(swarm, () -> {})) {
            assertThat(keel.run()).isTrue();
        }
        assertThat(swarm.spec("vvm")).isEqualTo(before);
    }

    @Test
    void aHandoffNeverHasMoreThanSix() {
        threeAndThree(Map.of("evenkeel.rebalance", "handoff"));
        try (Keel keel = keel(swarm, () -> assertThat(swarm.spread("vvm").values().stream()
                        .mapToInt(count -> count)
                        .sum())
                .isLessThanOrEqualTo(6))) {
            assertThat(keel.run()).isTrue();
        }
        assertThat(swarm.spread("vvm")).isEqualTo(EVEN);
        assertThat(swarm.spec("vvm").path("Labels").has(JOURNAL)).isFalse();
    }

    @Test
    void sixServicesOfOneTaskAreEvenAfterTwoMoves() {
        for (int i = 1; i <= 6; i++) {
            swarm.addService("vvm" + i, Map.of(), i % 2 == 0 ? "n1" : "n2");
        }
        int before = swarm.starts();
        try (Keel keel = keel(swarm, () -> {})) {
            assertThat(keel.run()).isTrue();
            assertThat(keel.planned()).isZero();
        }
        assertThat(swarm.starts() - before).isEqualTo(2);
        for (String node : List.of("n1", "n2", "n3")) {
            int there = 0;
            for (int i = 1; i <= 6; i++) {
                there += swarm.on("vvm" + i, node);
                assertThat(swarm.spec("vvm" + i).at("/TaskTemplate/Placement/Constraints"))
                        .isEmpty();
            }
            assertThat(there).as(node).isEqualTo(2);
        }
    }

    @Test
    void servicesOfTwoTasksLeaveTheFullNodesOneByOne() {
        for (int i = 1; i <= 3; i++) {
            swarm.addService("s" + i, Map.of(), "n1", "n2");
        }
        swarm.tick();
        int before = swarm.starts();
        int unused = swarm.leastRunning();
        var spec = swarm.spec("s1");
        try (Keel keel = keel(swarm, () -> {})) {
            assertThat(keel.run()).isTrue();
            assertThat(keel.planned()).isZero();
        }
        assertThat(swarm.starts() - before).isEqualTo(2);
        assertThat(swarm.leastRunning()).isGreaterThanOrEqualTo(6);
        for (String node : List.of("n1", "n2", "n3")) {
            assertThat(swarm.on("s1", node) + swarm.on("s2", node) + swarm.on("s3", node))
                    .as(node)
                    .isEqualTo(2);
        }
        assertThat(swarm.spec("s1").at("/Mode")).isEqualTo(spec.at("/Mode"));
        assertThat(swarm.spec("s1").at("/TaskTemplate/Placement/Constraints")).isEmpty();
    }

    /** Whatever step it dies at, the next one ends what was begun: never less than six, and even in the end. */
    @ParameterizedTest
    @ValueSource(strings = {"surge", "handoff"})
    void whoeverComesNextEndsWhatWasBegun(String swap) {
        for (int steps = 1; ; steps++) {
            try (SimulatedSwarm other = simulated(steps)) {
                other.addService("vvm", Map.of("evenkeel.rebalance", swap), "n1", "n2", "n1", "n2", "n1", "n2");
                boolean died = diesAfter(other, steps);
                try (Keel next = keel(other, () -> {})) {
                    boolean unused = next.run();
                    next.tick(20);
                    assertThat(next.run()).as("after %d pauses", steps).isTrue();
                }
                assertThat(other.spread("vvm")).as("after %d pauses", steps).isEqualTo(EVEN);
                assertThat(other.spec("vvm").path("Labels").has(JOURNAL)).isFalse();
                assertThat(other.spec("vvm").at("/Mode/Replicated/Replicas").asInt())
                        .isEqualTo(6);
                assertThat(other.leastRunning()).isGreaterThanOrEqualTo(swap.equals("surge") ? 6 : 5);
                if (!died) {
                    assertThat(steps).isGreaterThan(5);
                    return;
                }
            }
        }
    }

    /** As kill -9 would: not even what is in {@code finally} matters, because nothing there writes. */
    private static boolean diesAfter(SimulatedSwarm swarm, int pauses) {
        AtomicInteger left = new AtomicInteger(pauses);
        try (Keel keel = keel(swarm, () -> {
            if (left.getAndDecrement() == 0) {
                throw new Killed();
            }
        })) {
            assertThat(keel.run()).isTrue();
            return false;
        } catch (Killed killed) {
            return true;
        }
    }

    private static final class Killed extends Error {}

    @Test
    void aChangeBySomebodyElseEndsTheMove() {
        threeAndThree(Map.of());
        AtomicInteger pauses = new AtomicInteger();
        try (Keel keel = keel(swarm, () -> {
            if (pauses.getAndIncrement() == 0) {
                swarm.redeploy("vvm", 6);
            }
        })) {
            assertThat(keel.run()).isFalse();
            assertThat(keel.report.now().history().get(0).result()).contains("somebody else");
            keel.tick(20);
        }
        assertThat(swarm.spec("vvm").path("Labels").has(JOURNAL)).isFalse();
        assertThat(swarm.spec("vvm").at("/Mode/Replicated/Replicas").asInt()).isEqualTo(6);
    }

    @Test
    void aStaleVersionIsReadAnew() {
        threeAndThree(Map.of());
        AtomicInteger pauses = new AtomicInteger();
        try (Keel keel = keel(swarm, () -> {
            if (pauses.getAndIncrement() == 2) {
                swarm.beforeNextWrite(() -> swarm.redeploy("vvm", 7));
            }
        })) {
            boolean unused = keel.run();
            keel.tick(20);
            assertThat(keel.report.now().history()).isNotEmpty();
        }
        assertThat(swarm.spec("vvm").path("Labels").has(JOURNAL)).isFalse();
    }

    @Test
    void aNodeThatIsLostMeanwhileHasEverythingPutBack() {
        threeAndThree(Map.of());
        AtomicInteger pauses = new AtomicInteger();
        try (Keel keel = keel(swarm, () -> {
            if (pauses.getAndIncrement() == 1) {
                swarm.state("n3", "down");
            }
        })) {
            assertThat(keel.run()).isFalse();
            assertThat(keel.report.now().history().get(0).result()).contains("node n3 is not well");
        }
        assertThat(swarm.spec("vvm").at("/Mode/Replicated/Replicas").asInt()).isEqualTo(6);
        assertThat(swarm.spec("vvm").path("Labels").has(JOURNAL)).isFalse();
    }

    @Test
    void aTaskThatNeverBecomesHealthyIsTakenBackAndTheOthersStay() {
        threeAndThree(Map.of());
        swarm.healthyOn(node -> !node.equals("n3"));
        try (Keel keel = keel(swarm, () -> {})) {
            assertThat(keel.run()).isFalse();
            assertThat(keel.report.now().history().get(0).result()).contains("not healthy after");
            keel.tick(20);
            assertThat(keel.planned()).as("left alone for a while").isZero();
        }
        assertThat(swarm.spread("vvm")).isEqualTo(Map.of("n1", 3, "n2", 3, "n3", 0));
        assertThat(swarm.spec("vvm").at("/TaskTemplate/Placement/Constraints")).isEmpty();
        assertThat(swarm.spec("vvm").path("Labels").has(JOURNAL)).isFalse();
        assertThat(swarm.leastRunning()).isGreaterThanOrEqualTo(6);
    }

    @Test
    void theOnlyTaskStaysWhereItIsIfTheNewOneNeverBecomesHealthy() {
        swarm.addService("a", Map.of(), "n1");
        swarm.addService("b", Map.of(), "n1");
        swarm.addService("c", Map.of(), "n2");
        var before = swarm.spec("a");
        swarm.healthyOn(node -> !node.equals("n3"));
        try (Keel keel = keel(swarm, () -> {})) {
            assertThat(keel.run()).isFalse();
            keel.tick(20);
        }
        assertThat(swarm.on("a", "n1") + swarm.on("b", "n1")).isEqualTo(2);
        assertThat(swarm.spec("a").path("Labels").has(JOURNAL)).isFalse();
        assertThat(swarm.spec("a").at("/Mode")).isEqualTo(before.at("/Mode"));
        assertThat(swarm.leastRunning()).isGreaterThanOrEqualTo(3);
    }

    @Test
    void withoutTheLockNothingIsWritten() {
        threeAndThree(Map.of());
        int before = swarm.starts();
        try (Keel keel = keel(swarm, () -> {})) {
            keel.locked = false;
            assertThat(keel.run()).isFalse();
            assertThat(keel.report.now().history().get(0).result()).contains("lock");
        }
        assertThat(swarm.starts()).isEqualTo(before);
    }
}
