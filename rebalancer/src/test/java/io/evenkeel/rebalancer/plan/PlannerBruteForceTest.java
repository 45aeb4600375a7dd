package io.evenkeel.rebalancer.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Plans of the smallest clusters beside the best of everything that could be planned. */
class PlannerBruteForceTest {

    private enum Outcome {
        BEST,
        LONGER,
        LESS_EVEN
    }

    @Test
    void servicesOfOneReplicaAreMovedAsLittleAsCanBe() {
        RandomClusters clusters = new RandomClusters(4, 5, 1, false, false);
        assertThat(count(clusters, 500)).containsOnlyKeys(Outcome.BEST);
    }

    /** What remains: a round among equal nodes, of which another one would have left more to others. */
    @Test
    void whereServicesHaveMoreReplicasOneInAThousandPlansIsNotTheBest() {
        RandomClusters clusters = new RandomClusters(4, 3, 5, false, false);
        Map<Outcome, Long> plans = count(clusters, 3_000);
        assertThat(plans).doesNotContainKey(Outcome.LONGER);
        assertThat(plans.getOrDefault(Outcome.LESS_EVEN, 0L)).isLessThanOrEqualTo(3);
    }

    /** Most of what can be done are shifts. */
    @Test
    void ofThreeReplicasAtMostTheSame() {
        RandomClusters clusters = new RandomClusters(4, 3, 3, false, false);
        assertThat(count(clusters, 1_500).getOrDefault(Outcome.BEST, 0L)).isGreaterThanOrEqualTo(1_498);
    }

    @Test
    void withLimitsAndSpreadsFewPlansAreNotTheBest() {
        RandomClusters clusters = new RandomClusters(4, 3, 5, true, true);
        assertThat(count(clusters, 1_000).getOrDefault(Outcome.BEST, 0L)).isGreaterThanOrEqualTo(997);
    }

    private static Map<Outcome, Long> count(RandomClusters clusters, int seeds) {
        return LongStream.range(0, seeds)
                .mapToObj(seed -> outcome(clusters.next(new Random(seed))))
                .collect(Collectors.groupingBy(outcome -> outcome, Collectors.counting()));
    }

    private static Outcome outcome(Cluster cluster) {
        Plan plan = Planner.plan(cluster);
        Steps.Mover end = Steps.after(cluster, plan);
        BruteForce.Best best = BruteForce.from(new Steps.Mover(cluster).cluster());
        int order = Evenness.compare(Evenness.of(end.simulation.board), best.uneven());
        if (order != 0) {
            return Outcome.LESS_EVEN;
        }
        return plan.moves().size() > best.moves() ? Outcome.LONGER : Outcome.BEST;
    }
}
