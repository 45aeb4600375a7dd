package io.evenkeel.balancer.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TurnsTest {

    @Test
    void equalsTakeTurnsInOrder() {
        assertThat(turns(7, 5, 5, 5)).containsExactly(0, 1, 2, 0, 1, 2, 0);
    }

    @Test
    void everybodyStartsAndThenTheHeavyOneTakesATurnInEveryRound() {
        assertThat(turns(11, 1, 4, 2)).containsExactly(0, 1, 2, 1, 2, 1, 1, 0, 2, 1, 1);
    }

    @Test
    void periodsThatAreNoWholeRoundsComeOutRightInTheLongRun() {
        int light = 0;
        for (int turn : turns(100_000, 3, 7)) {
            light += turn == 0 ? 1 : 0;
        }
        assertThat(light).isBetween(29_998, 30_002);
    }

    private static int[] turns(int count, int... weights) {
        Turns turns = new Turns(weights);
        int[] taken = new int[count];
        for (int i = 0; i < count; i++) {
            taken[i] = turns.next();
        }
        return taken;
    }
}
