package io.evenkeel.rebalancer.plan;

import static io.evenkeel.rebalancer.plan.Sample.handoff;
import static io.evenkeel.rebalancer.plan.Sample.ofNodes;
import static io.evenkeel.rebalancer.plan.Sample.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.evenkeel.rebalancer.plan.Move.Method;
import io.evenkeel.rebalancer.plan.Plan.LeftAlone;
import io.evenkeel.rebalancer.plan.Plan.Load;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Totals that take more than rounds: chains, and tasks that a constraint drives off a node. */
class PlannerShiftTest {

    @Test
    void aTotalIsEvenedAlongAChainWhereNoSingleMoveCan() {
        Plan plan = Planner.plan(ofNodes("a", "b", "c")
                .service(service("ab", 1, Sample.constrained("node.id!=c")), "a")
                .service(service("bc", 1, Sample.constrained("node.id!=a")), "b")
                .service(Sample.untouchable("load", "global"), "a a b")
                .service(Sample.untouchable("more", "global"), "c")
                .build());
        assertThat(plan.loads()).extracting(Load::after).containsExactly(2, 2, 2);
        assertThat(plan.moves())
                .extracting(Move::service, Move::from, Move::to)
                .containsExactly(tuple("bc", "b", "c"), tuple("ab", "a", "b"));
    }

    @Test
    void tenServicesOfTwoReplicasOnTwoOfThreeNodesTakeExactlySixShifts() {
        Sample sample = ofNodes("a", "b", "c");
        for (int number = 1; number <= 10; number++) {
            sample.service("app" + number, "a b");
        }
        Plan plan = Planner.plan(sample.build());
        assertThat(plan.loads()).extracting(Load::after).containsExactlyInAnyOrder(7, 7, 6);
        assertThat(plan.moves())
                .hasSize(6)
                .extracting(Move::method, Move::to, Move::pinned)
                .containsOnly(tuple(Method.SHIFT, "c", false));
        assertThat(plan.moves()).extracting(Move::service).doesNotHaveDuplicates();
        assertThat(plan.moves().get(0))
                .extracting(Move::from, Move::taskId, Move::why)
                .containsExactly("a", "app1.1", "a has 10 tasks in all, c has 0");
    }

    @Test
    void onlyTheOnlyTaskOnANodeIsShifted() {
        Plan plan = Planner.plan(ofNodes("a", "b")
                .service("one", "a a b")
                .service("two", "a a b")
                .build());
        assertThat(plan.moves()).isEmpty();
        assertThat(plan.leftAlone())
                .extracting(LeftAlone::why)
                .containsOnly("is even; a round would not take away the task that an even total wants gone");
        assertThat(plan.loads()).extracting(Load::after).containsExactly(4, 2);
    }

    @Test
    void whatIsHandedOverIsNotShifted() {
        Plan plan = Planner.plan(ofNodes("a", "b", "c")
                .service(handoff(service("leader", 2)), "b a")
                .service(Sample.untouchable("load", "global"), "b b b")
                .build());
        assertThat(plan.moves()).extracting(Move::method).doesNotContain(Method.SHIFT);
    }

    @Test
    void aShiftMayGoToAnyOfSeveralNodesThatAreAlike() {
        Plan plan = Planner.plan(ofNodes("a", "b", "c", "d")
                .service("web", "a b")
                .service(Sample.untouchable("load", "global"), "a a")
                .build());
        assertThat(plan.moves())
                .singleElement()
                .matches(move -> move.method() == Method.SHIFT && move.from().equals("a"))
                .matches(move -> "cd".contains(move.to()) && !move.pinned());
    }

    @Test
    void shiftsMakeAChainToo() {
        Plan plan = Planner.plan(ofNodes("a", "b", "c", "d")
                .service(service("abc", 2, Sample.constrained("node.id!=d")), "a c")
                .service(service("bcd", 2, Sample.constrained("node.id!=a")), "b c")
                .service(Sample.untouchable("load", "global"), "a a b d")
                .build());
        assertThat(plan.loads()).extracting(Load::before).containsExactly(3, 2, 2, 1);
        assertThat(plan.loads()).extracting(Load::after).containsExactly(2, 2, 2, 2);
        assertThat(plan.moves())
                .extracting(Move::method, Move::service, Move::from, Move::to)
                .containsExactly(tuple(Method.SHIFT, "bcd", "b", "d"), tuple(Method.SHIFT, "abc", "a", "b"));
    }

    @Test
    void aShiftMakesZonesEvenWhereARoundWouldTakeTheNewTaskAwayAgain() {
        Plan plan = Planner.plan(new Sample()
                .node("a1", Map.of("zone", "a"))
                .node("a2", Map.of("zone", "a"))
                .node("b1", Map.of("zone", "b"))
                .service(service("web", 2, Sample.spread("node.labels.zone")), "a1 a2")
                .build());
        assertThat(plan.moves())
                .singleElement()
                .extracting(Move::method, Move::to, Move::why)
                .containsExactly(Method.SHIFT, "b1", "web spreads over node.labels.zone");
    }
}
