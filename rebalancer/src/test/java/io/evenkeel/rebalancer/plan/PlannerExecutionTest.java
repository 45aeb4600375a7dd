package io.evenkeel.rebalancer.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Plans carried out by a Swarm that rolls dice, planning anew after every move as an executor does. */
class PlannerExecutionTest {

    private static final int CLUSTERS = 1_000;

    @Test
    void everyServiceEndsAsEvenAsPlannedWithAtMostTwoMovesMore() {
        RandomClusters clusters = new RandomClusters(5, 5, 7, false, false);
        LongStream.range(0, CLUSTERS).forEach(seed -> endsAsPlanned(clusters, seed, 2));
    }

    /** Above twelve tasks chance also decides whose task goes. */
    @Test
    void servicesOfMoreThanTwelveTasksEndAsEvenAsPlannedToo() {
        RandomClusters clusters = new RandomClusters(4, 4, 20, false, false);
        LongStream.range(0, CLUSTERS).forEach(seed -> endsAsPlanned(clusters, seed, 12));
    }

    @Test
    void withLimitsAndSpreadsThereIsAnEndThatIsNoWorseThanTheStart() {
        RandomClusters clusters = new RandomClusters(5, 5, 7, true, true);
        LongStream.range(0, CLUSTERS).forEach(seed -> {
            Cluster cluster = clusters.next(new Random(seed));
            int planned = Planner.plan(cluster).moves().size();
            Board end = carriedOut(cluster, seed, planned + 10);
            assertThat(Evenness.compare(Evenness.of(end), Evenness.of(new Board(cluster))))
                    .as("seed %d", seed)
                    .isLessThanOrEqualTo(0);
        });
    }

    private static void endsAsPlanned(RandomClusters clusters, long seed, int more) {
        Cluster cluster = clusters.next(new Random(seed));
        Plan plan = Planner.plan(cluster);
        Board end = carriedOut(cluster, seed, plan.moves().size() + more);
        assertThat(Evenness.of(end).get(0))
                .as("seed %d", seed)
                .isEqualTo(
                        Evenness.of(Steps.after(cluster, plan).simulation.board).get(0));
    }

    private static Board carriedOut(Cluster cluster, long seed, int atMost) {
        Simulation swarm = new Simulation(cluster, new Random(seed));
        Plan plan = Planner.plan(cluster);
        int moves = 0;
        while (!plan.moves().isEmpty()) {
            assertThat(++moves).as("moves, seed %d", seed).isLessThanOrEqualTo(atMost);
            swarm.obey(plan.moves().get(0));
            plan = Planner.plan(swarm.cluster());
        }
        return swarm.board;
    }
}
