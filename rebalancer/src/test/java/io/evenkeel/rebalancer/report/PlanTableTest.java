package io.evenkeel.rebalancer.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.rebalancer.plan.Move;
import io.evenkeel.rebalancer.plan.Plan;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanTableTest {

    @Test
    void aPlanIsReadInThreeTables() {
        Plan plan = new Plan(
                List.of(new Move("s", "vvm", Move.Method.SURGE, "i1", "i3", "t1", false, "none on three")),
                List.of(new Plan.LeftAlone("r", "router", "global")),
                List.of(new Plan.Load("i1", "one", 3, 2), new Plan.Load("i3", "three", 0, 1)));
        assertThat(PlanTable.render(plan))
                .isEqualTo(
                        """
                NODE   TASKS  AFTER
                one    3      2
                three  0      1

                MOVE  METHOD  FROM  TO     WHY
                vvm   surge   one   three  none on three

                LEFT ALONE  WHY
                router      global
                """);
    }

    @Test
    void nothingToMoveIsSaid() {
        assertThat(PlanTable.render(new Plan(List.of(), List.of(), List.of()))).contains("nothing to move");
    }
}
