package io.evenkeel.rebalancer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.evenkeel.config.RebalanceRoutersConfig;
import io.evenkeel.discovery.consul.ConsulAgents;
import io.evenkeel.discovery.testing.ConsulAgent;
import io.evenkeel.rebalancer.consul.ConsulLock;
import io.evenkeel.rebalancer.consul.ConsulView;
import io.evenkeel.rebalancer.run.Halt;
import io.evenkeel.rebalancer.testing.SimulatedSwarm;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When it looks and when it acts: a real Consul, a simulated swarm, and time that passes while it waits. */
class RebalancerIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final Map<String, Integer> UNEVEN = Map.of("n1", 3, "n2", 3, "n3", 0);
    private static final Map<String, Integer> EVEN = Map.of("n1", 2, "n2", 2, "n3", 2);

    @SuppressWarnings("NullAway.Init") // started before all
    private static ConsulAgent consul;

    private static int keys;

    private final ConsulAgents agents = new ConsulAgents(consul.config(TIMEOUT));
    private final String key = "rebalancer-" + ++keys;
    private final Map<String, String> health = new TreeMap<>(Map.of("n1", "passing", "n2", "passing", "n3", "passing"));

    @SuppressWarnings("NullAway.Init") // made before each
    private SimulatedSwarm swarm;

    @BeforeAll
    static void startConsul() {
        consul = ConsulAgent.started();
    }

    @AfterAll
    static void stopConsul() {
        consul.close();
    }

    @BeforeEach
    void makeSwarm() throws IOException {
        swarm = new SimulatedSwarm(7, "n1", "n2", "n3");
        swarm.addService("vvm", Map.of(), "n1", "n2", "n1", "n2", "n1", "n2");
    }

    @AfterEach
    void close() {
        swarm.close();
        agents.close();
    }

    /** Consul says so of a node from now on. */
    private void consulSays(String node, String status) {
        health.put(node, status);
        register();
    }

    /** Again and again: Consul forgets nodes that have no agent. */
    private void register() {
        health.forEach((node, status) -> consul.api()
                .catalog(Map.of(
                        "Node",
                        node,
                        "Address",
                        "10.0.0." + node.charAt(1),
                        "Check",
                        Map.of("Node", node, "CheckID", "serfHealth", "Name", "serf", "Status", status))));
    }

    /** What was seen while a rebalancer watched. */
    private static final class Watch {
        private final Map<Duration, Map<String, Integer>> shapes = new TreeMap<>();
        private final Map<Duration, String> reasons = new TreeMap<>();

        /** When tasks were first spread like that. */
        Duration when(Map<String, Integer> shape) {
            return shapes.entrySet().stream()
                    .filter(entry -> entry.getValue().equals(shape))
                    .map(Map.Entry::getKey)
                    .findFirst()
                    .orElseThrow(
                            () -> new AssertionError("never " + shape + ", but " + shapes + " because " + reasons));
        }

        /** What it said last by then for doing nothing. */
        String reason(int second) {
            return reasons.entrySet().stream()
                    .filter(entry -> entry.getKey().toSeconds() <= second)
                    .reduce((one, other) -> other)
                    .map(Map.Entry::getValue)
                    .orElse("");
        }
    }

    /** A rebalancer watches for so many seconds; each second something may happen. */
    private Watch watch(int seconds, boolean active, IntConsumer happens) {
        Watch watch = new Watch();
        Instant[] begun = {Instant.MAX};
        Keel[] keel = {null};
        Runnable eachPause = () -> {
            Keel mine = Optional.ofNullable(keel[0]).orElseThrow();
            Duration at = Duration.between(begun[0], mine.time.now());
            if (at.toSeconds() >= seconds) {
                throw Halt.leaving("the test is over");
            }
            if (at.toMillis() % 1000 == 0) {
                register();
                happens.accept((int) at.toSeconds());
            }
            watch.shapes.put(at, swarm.spread("vvm"));
            watch.reasons.put(at, mine.report.now().reason());
        };
        try (Keel mine = new Keel(swarm, RebalanceRoutersConfig.defaults(), eachPause);
                ConsulLock lock = new ConsulLock(agents, key, "test")) {
            keel[0] = mine;
            begun[0] = mine.time.now();
            lock.start();
            if (active) {
                await().atMost(PATIENCE).until(lock::held);
            }
            register();
            ConsulView view = new ConsulView(agents, key + ".nodes");
            new Rebalancer(mine.swarm, view, lock, mine.config, mine.runs, mine.time, mine.report).run();
        }
        return watch;
    }

    @Test
    void aRecoveredNodeGetsItsTasksBackOnceConsulAndSwarmHaveTakenItForWellForAWhile() {
        swarm.state("n3", "down");
        consulSays("n3", "critical");
        Watch watch = watch(200, true, second -> {
            if (second == 20) {
                swarm.state("n3", "ready");
            } else if (second == 40) {
                consulSays("n3", "passing");
            }
        });
        assertThat(watch.reason(10)).contains("n3 is not well: down");
        assertThat(watch.reason(30)).contains("n3 is not well: Consul says serfHealth critical");
        assertThat(watch.reason(60)).contains("n3 has changed").contains("it must stay as it is for 45 s");
        assertThat(watch.when(EVEN)).isGreaterThan(Duration.ofSeconds(40 + 45)).isLessThan(Duration.ofSeconds(40 + 90));
        assertThat(watch.reason(199)).contains("even");
        assertThat(swarm.spread("vvm")).isEqualTo(EVEN);
    }

    @Test
    void aSuccessorGoesOnWaitingWhereTheOneBeforeLeft() {
        swarm.state("n3", "down");
        watch(20, true, second -> {
            if (second == 10) {
                swarm.state("n3", "ready");
            }
        });
        assertThat(swarm.spread("vvm")).isEqualTo(UNEVEN);
        assertThat(new ConsulView(agents, key + ".nodes").remembered())
                .hasValueSatisfying(text -> assertThat(text).contains("\"n3\"").contains("failures"));
        Watch later = watch(100, true, second -> {});
        // Its clock begins anew, at the same time as the first one's: the node is well since the tenth second of it.
        assertThat(later.reason(50)).contains("n3 has changed");
        assertThat(later.when(EVEN)).isGreaterThan(Duration.ofSeconds(10 + 45));
    }

    @Test
    void aNodeThatComesAndGoesIsWaitedForLongerEachTime() {
        Watch watch = watch(300, true, second -> {
            if (second % 20 == 5 && second < 60) {
                swarm.state("n3", "down");
            } else if (second % 20 == 15 && second < 60) {
                swarm.state("n3", "ready");
            }
        });
        assertThat(watch.reason(100)).contains("it must stay as it is for 180 s");
        assertThat(watch.when(EVEN)).isGreaterThan(Duration.ofSeconds(55 + 180));
    }

    @Test
    void withoutACauseItLooksOnceInAnInterval() {
        int[] evenAt = {0};
        Watch watch = watch(700, true, second -> {
            if (second == 150) {
                swarm.addService("other", Map.of(), "n1", "n1", "n1"); // no node says a word
            } else if (second > 150 && evenAt[0] == 0 && swarm.on("other", "n3") == 1 && swarm.on("other", "n1") == 1) {
                evenAt[0] = second;
            }
        });
        assertThat(watch.when(EVEN)).isBetween(Duration.ofSeconds(45), Duration.ofSeconds(100));
        assertThat(watch.reason(149)).isEqualTo("even, and nothing has happened");
        assertThat(watch.reason(300)).isEqualTo("even, and nothing has happened");
        assertThat(evenAt[0]).isBetween(45 + 300, 100 + 300 + 60);
    }

    @Test
    void whoDoesNotHoldTheLockOnlyWatches() {
        try (ConsulLock other = new ConsulLock(agents, key, "other")) {
            other.start();
            await().atMost(PATIENCE).until(other::held);
            Watch watch = watch(400, false, second -> {});
            assertThat(watch.reason(399)).contains("not active");
        }
        assertThat(swarm.spread("vvm")).isEqualTo(UNEVEN);
    }

    @Test
    void whatAManagerKnewBeforeItLostItsLeaderIsNoReasonToMove() {
        swarm.state("n3", "down");
        Watch watch = watch(200, true, second -> {
            if (second == 10) {
                swarm.state("n3", "ready");
            } else if (second == 30) {
                swarm.led(false);
            } else if (second == 70) {
                swarm.led(true);
            }
        });
        assertThat(watch.reason(69)).contains("the managers have no leader");
        assertThat(watch.when(EVEN)).isGreaterThan(Duration.ofSeconds(70 + 45));
    }

    @Test
    void nothingMovesWhileAnotherNodeIsGone() {
        swarm.addNode("n4");
        swarm.state("n4", "down");
        Watch watch = watch(200, true, second -> {});
        assertThat(watch.reason(199)).contains("n4 is not well: down");
        assertThat(swarm.spread("vvm").values()).containsExactly(3, 3, 0, 0);
    }
}
