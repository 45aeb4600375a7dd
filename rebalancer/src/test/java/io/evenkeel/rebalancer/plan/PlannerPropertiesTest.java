package io.evenkeel.rebalancer.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What holds of every plan. The seed of a cluster is in each message. */
class PlannerPropertiesTest {

    private static final int CLUSTERS = 25_000;
    private static final int FEWER = 5_000;

    @ParameterizedTest(name = "limits {0}, spreads {1}")
    @CsvSource({"false,false", "true,false", "false,true", "true,true"})
    void nothingGetsWorseAndASecondPlanFindsNothingToDo(boolean limits, boolean spreads) {
        RandomClusters clusters = new RandomClusters(5, 5, 7, limits, spreads);
        LongStream.range(0, CLUSTERS).forEach(seed -> {
            Cluster cluster = clusters.next(new Random(seed));
            Plan plan = Planner.plan(cluster);
            Steps.Mover end = Steps.after(cluster, plan);
            Board before = new Board(cluster);
            allServicesAsEven(end.simulation.board, before, seed);
            assertThat(plan.moves().isEmpty()
                            || Evenness.compare(Evenness.of(end.simulation.board), Evenness.of(before)) < 0)
                    .as("seed %d gains", seed)
                    .isTrue();
            assertThat(Planner.plan(end.cluster()).moves())
                    .as("seed %d, once more", seed)
                    .isEmpty();
        });
    }

    private static void allServicesAsEven(Board ours, Board theirs, long seed) {
        IntStream.range(0, ours.services.size()).forEach(service -> assertThat(
                        Evenness.compare(Evenness.service(ours, service), Evenness.service(theirs, service)))
                .as("seed %d, service %d", seed, service)
                .isLessThanOrEqualTo(0));
    }

    @Test
    void everyServiceIsAsEvenAsAForcedUpdateWouldMakeItWithNoMoreMoves() {
        RandomClusters clusters = new RandomClusters(5, 5, 7, false, false);
        LongStream.range(0, FEWER).forEach(seed -> {
            Random random = new Random(seed);
            Cluster cluster = clusters.next(random);
            Plan plan = Planner.plan(cluster);
            allServicesAsEven(Steps.after(cluster, plan).simulation.board, forced(cluster, random), seed);
            assertThat(plan.moves()).as("seed %d", seed).hasSizeLessThanOrEqualTo(restarts(cluster));
        });
    }

    /** A forced update of everything, all at once, one service after the other. */
    private static Board forced(Cluster cluster, Random random) {
        Simulation forced = new Simulation(cluster, random);
        movable(cluster).forEach(forced::force);
        return forced.board;
    }

    private static int restarts(Cluster cluster) {
        return movable(cluster)
                .map(service -> cluster.services().get(service).replicas())
                .sum();
    }

    private static IntStream movable(Cluster cluster) {
        Draft draft = new Draft(cluster);
        return IntStream.concat(IntStream.of(draft.groups), IntStream.of(draft.singles));
    }

    /**
     * Swarm alone says whose task goes of a service that is handed over, and which of two on a node. Only there a forced update may be luckier.
     *
     * @param luckier clusters in a thousand
     */
    @ParameterizedTest(name = "{0} nodes, {1} services of {2} replicas")
    @CsvSource({"5,5,7,77", "8,8,3,42"})
    void noForcedUpdateMakesTheTotalsMoreEvenWhereEveryTaskCanBeShifted(
            int nodes, int services, int replicas, int luckier) {
        RandomClusters clusters = new RandomClusters(nodes, services, replicas, false, false);
        long worse = LongStream.range(0, FEWER)
                .filter(seed -> {
                    Random random = new Random(seed);
                    Cluster cluster = clusters.next(random);
                    Cluster end = Steps.after(cluster, Planner.plan(cluster)).cluster();
                    boolean less = Evenness.totals(forced(cluster, random)) < Evenness.totals(new Board(end));
                    assertThat(less && everyTaskCanBeShifted(end))
                            .as("seed %d", seed)
                            .isFalse();
                    return less;
                })
                .count();
        assertThat(worse * 1000).isLessThanOrEqualTo((long) luckier * FEWER);
    }

    private static boolean everyTaskCanBeShifted(Cluster cluster) {
        Draft draft = new Draft(cluster);
        return IntStream.of(draft.groups).allMatch(service -> draft.board.sites[service].may().stream()
                .allMatch(node -> draft.board.count(service, node) == 0 || draft.shifts.shiftable(service, node)));
    }

    /** In whatever way it moves: nothing evens the totals more, given where the services with more replicas are. */
    @Test
    void noForcedUpdateOfSingleReplicasMakesTheTotalsMoreEven() {
        RandomClusters clusters = new RandomClusters(5, 8, 3, false, false);
        LongStream.range(0, FEWER).forEach(seed -> {
            Random random = new Random(seed);
            Cluster cluster = clusters.next(random);
            Cluster end = Steps.after(cluster, Planner.plan(cluster)).cluster();
            Simulation forced = new Simulation(end, random);
            IntStream.of(new Draft(end).singles).forEach(forced::force);
            assertThat(Evenness.totals(forced.board))
                    .as("seed %d", seed)
                    .isGreaterThanOrEqualTo(Evenness.totals(new Board(end)));
        });
    }
}
