package io.evenkeel.rebalancer.plan;

import static io.evenkeel.rebalancer.plan.Sample.handoff;
import static io.evenkeel.rebalancer.plan.Sample.ofNodes;
import static io.evenkeel.rebalancer.plan.Sample.reserving;
import static io.evenkeel.rebalancer.plan.Sample.service;
import static io.evenkeel.rebalancer.plan.Sample.untouchable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.evenkeel.rebalancer.plan.Move.Method;
import io.evenkeel.rebalancer.plan.Plan.LeftAlone;
import io.evenkeel.rebalancer.plan.Plan.Load;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlannerTest {

    @Test
    void sixTasksOnTwoOfThreeNodesTakeExactlyTwoMoves() {
        Plan plan = Planner.plan(
                ofNodes("a", "b", "c").service("vvm", "a b a b a b").build());
        assertThat(plan.moves())
                .extracting(Move::method, Move::from, Move::to, Move::taskId, Move::pinned, Move::why)
                .containsExactly(
                        tuple(Method.SURGE, "b", "c", "vvm.6", false, "vvm has 3 on b and none on c"),
                        tuple(Method.SURGE, "a", "c", "vvm.5", false, "vvm has 3 on a and 1 on c"));
        assertThat(plan.loads())
                .containsExactly(new Load("a", "a", 3, 2), new Load("b", "b", 3, 2), new Load("c", "c", 0, 2));
        assertThat(plan.leftAlone()).isEmpty();
    }

    @Test
    void sixServicesOfOneReplicaOnTwoOfThreeNodesTakeExactlyTwoReplacements() {
        Plan plan = Planner.plan(sixSingles().build());
        assertThat(plan.moves())
                .extracting(Move::method, Move::to, Move::pinned)
                .containsExactly(tuple(Method.REPLACE, "c", false), tuple(Method.REPLACE, "c", false));
        assertThat(plan.moves()).extracting(Move::from).containsExactlyInAnyOrder("a", "b");
        assertThat(plan.loads()).extracting(Load::after).containsExactly(2, 2, 2);
        assertThat(plan.leftAlone())
                .hasSize(4)
                .extracting(LeftAlone::why)
                .containsOnly("an even total needs nothing of it");
    }

    private static Sample sixSingles() {
        return sixSingles("b a b a b a");
    }

    private static Sample sixSingles(String where) {
        Sample sample = ofNodes("a", "b", "c");
        int number = 0;
        for (String node : where.split(" ", -1)) {
            number++;
            sample.service("app" + number, node);
        }
        return sample;
    }

    /** Two of a and none of b would make the totals as even. */
    @ParameterizedTest
    @ValueSource(strings = {"b a b a b a", "a b a b a b", "a a a b b b", "b b b a a a", "a a b b b b", "b b b b a a"})
    void whatIsNotMovedAtAllDoesNotSpoilTheBalanceOfWhatIs(String where) {
        Cluster cluster = sixSingles(where)
                .service(untouchable("rebalancer", "is the rebalancer itself"), "a")
                .build();
        Plan plan = Planner.plan(cluster);
        assertThat(plan.moves()).hasSize(2).extracting(Move::to).containsOnly("c");
        List<String> after = new ArrayList<>(List.of(where.split(" ", -1)));
        plan.moves().forEach(move -> after.set(Integer.parseInt(move.service().substring(3)) - 1, move.to()));
        assertThat(after).containsExactlyInAnyOrder("a", "a", "b", "b", "c", "c");
    }

    @Test
    void aReplacementIsPinnedWhereSwarmWouldChooseAnotherNode() {
        Placement notOnD = Sample.constrained("node.hostname!=d");
        Plan plan = Planner.plan(ofNodes("a", "b", "c", "d")
                .service(service("one", 1, notOnD), "a")
                .service("two", "a")
                .service(service("three", 1, notOnD), "a")
                .service("four", "b")
                .service(service("five", 1, Sample.constrained("node.id==d")), "d")
                .build());
        assertThat(plan.moves()).hasSize(1);
        assertThat(plan.moves().get(0).to()).isEqualTo("c");
        assertThat(plan.moves().get(0).pinned()).isFalse();
        Plan tied = Planner.plan(
                ofNodes("a", "b", "c").service("one", "a").service("two", "a").build());
        assertThat(tied.moves()).singleElement().matches(Move::pinned, "b and c are alike to Swarm");
    }

    @Test
    void theOnlyReplicaOfAHandoffServiceStopsBeforeItStartsElsewhere() {
        Plan plan = Planner.plan(ofNodes("a", "b")
                .service(handoff(service("leader", 1)), "a")
                .service(handoff(service("other", 1)), "a")
                .build());
        assertThat(plan.moves())
                .singleElement()
                .extracting(Move::method, Move::from, Move::to)
                .containsExactly(Method.HANDOFF, "a", "b");
    }

    @Test
    void whatIsHandedOverStopsFirst() {
        Plan plan = Planner.plan(ofNodes("a", "b", "c")
                .service(handoff(service("vvm", 6)), "a b a b a b")
                .build());
        assertThat(plan.moves())
                .extracting(Move::method, Move::to, Move::taskId)
                .containsExactly(tuple(Method.HANDOFF, "c", "vvm.6"), tuple(Method.HANDOFF, "c", "vvm.5"));
    }

    @Test
    void aFourthNodeGetsItsShare() {
        Plan plan = Planner.plan(ofNodes("a", "b", "c", "d")
                .service("web", "a b c a b c a b c a b c")
                .build());
        assertThat(plan.moves()).hasSize(3).extracting(Move::to).containsOnly("d");
        assertThat(plan.loads()).extracting(Load::after).containsExactly(3, 3, 3, 3);
    }

    @Test
    void aNodeThatTheConstraintsForbidGetsNothing() {
        Plan plan = Planner.plan(ofNodes("a", "b", "c")
                .service(service("web", 6, Sample.constrained("node.id != c")), "a b a b a b")
                .build());
        assertThat(plan.moves()).isEmpty();
        assertThat(plan.leftAlone()).extracting(LeftAlone::why).containsExactly("is even");
    }

    @Test
    void aServiceWhoseConstraintIsNotUnderstoodIsLeftAlone() {
        Plan plan = Planner.plan(ofNodes("a", "b")
                .service(service("web", 2, Sample.constrained("node.labels.x=1")), "a a")
                .build());
        assertThat(plan.leftAlone())
                .containsExactly(new LeftAlone("web", "web", "its constraint node.labels.x=1 is not understood"));
    }

    @Test
    void noNodeGetsMoreThanItMayHave() {
        Plan plan = Planner.plan(ofNodes("a", "b", "c")
                .service(service("web", 4, Sample.atMost(2)), "a a b b")
                .build());
        assertThat(plan.moves()).singleElement().extracting(Move::to).isEqualTo("c");
    }

    @Test
    void aNodeWhoseHostPortIsTakenGetsNothing() {
        Plan plan = Planner.plan(ofNodes("a", "b", "c")
                .service(service("web", 1, Sample.port("tcp/80")), "a")
                .service(service("shop", 1, Sample.port("tcp/80")), "b")
                .service(service("mail", 1, Sample.port("tcp/80")), "c")
                .service(service("more", 1), "a")
                .service(service("most", 1), "a")
                .build());
        assertThat(plan.moves()).hasSize(1).extracting(Move::service).doesNotContain("web");
    }

    @Test
    void tasksOfUntouchableServicesCountWhereTheyAre() {
        Plan plan = Planner.plan(ofNodes("a", "b")
                .service(Sample.untouchable("agent", "global"), "a b")
                .service(Sample.untouchable("store", "has a volume"), "a")
                .service("one", "a")
                .service("two", "b")
                .build());
        assertThat(plan.moves()).isEmpty();
        assertThat(plan.leftAlone()).extracting(LeftAlone::why).contains("global", "has a volume");
    }

    @Test
    void zonesAreMadeEvenBeforeNodes() {
        Plan plan = Planner.plan(new Sample()
                .node("a1", Map.of("zone", "a"))
                .node("a2", Map.of("zone", "a"))
                .node("b1", Map.of("zone", "b"))
                .service(service("web", 9, Sample.spread("node.labels.zone")), "a1 a2 a1 a2 a1 a2 a1 a2 b1")
                .build());
        assertThat(plan.moves()).hasSize(2).extracting(Move::to).containsOnly("b1");
        assertThat(plan.moves()).extracting(Move::from).containsExactly("a2", "a1");
    }

    @Test
    void aSpreadOverNodeIdsIsIgnored() {
        Plan plan = Planner.plan(ofNodes("a", "b")
                .service(service("web", 2, Sample.spread("node.id")), "a a")
                .build());
        assertThat(plan.moves()).hasSize(1);
    }

    @Test
    void aNodeWithTooLittleMemoryGetsNothing() {
        Plan plan = Planner.plan(ofNodes("a", "b", "c")
                .service(reserving(service("web", 2), 5), "a a")
                .service(reserving(service("big", 1), 6), "b")
                .service(reserving(service("huge", 1, Sample.constrained("node.id==c")), 7), "c")
                .build());
        assertThat(plan.moves()).isEmpty();
        assertThat(plan.leftAlone())
                .contains(new LeftAlone("web", "web", "has 2 on a and 0 on b, where b has too little left to reserve"));
    }

    @Test
    void anEvenClusterNeedsNothing() {
        Plan plan = Planner.plan(ofNodes("a", "b", "c")
                .service("web", "a b c")
                .service("one", "a")
                .build());
        assertThat(plan.moves()).isEmpty();
        assertThat(plan.leftAlone())
                .containsExactly(
                        new LeftAlone("web", "web", "is even"),
                        new LeftAlone("one", "one", "an even total needs nothing of it"));
    }

    @Test
    void aNodeThatIsDownGetsNothingAndHasNoLoad() {
        Plan plan = Planner.plan(
                ofNodes("a", "b").down("c").service("web", "a a a b").build());
        assertThat(plan.moves()).singleElement().extracting(Move::to).isEqualTo("b");
        assertThat(plan.loads()).extracting(Load::nodeId).containsExactly("a", "b");
    }

    @Test
    void aServiceThatSwarmIsBusyWithIsLeftAlone() {
        Plan plan = Planner.plan(ofNodes("a", "b")
                .down("c")
                .service("lost", "a a c")
                .service("new", "a a -")
                .service(service("short", 3), "a a")
                .build());
        assertThat(plan.moves()).isEmpty();
        assertThat(plan.leftAlone())
                .extracting(LeftAlone::why)
                .containsExactly(
                        "Swarm has to move it: c is not a node for it (any more)",
                        "Swarm is busy with it: a task is on no node",
                        "Swarm is busy with it: it has 2 tasks of 3");
    }
}
