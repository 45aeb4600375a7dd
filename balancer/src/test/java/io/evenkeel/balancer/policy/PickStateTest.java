package io.evenkeel.balancer.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PickStateTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 100, 10_000, Integer.MAX_VALUE})
    void randomNumbersStayBelowTheirBound(int bound) {
        PickState state = new PickState(bound);
        for (int i = 0; i < 10_000; i++) {
            assertThat(state.random(bound)).isBetween(0, bound - 1);
        }
    }

    @Test
    void randomNumbersAreSpreadEvenly() {
        PickState state = new PickState(1);
        int[] counts = new int[10];
        for (int i = 0; i < 100_000; i++) {
            counts[state.random(10)]++;
        }
        assertThat(counts).satisfies(all -> {
            for (int count : all) {
                assertThat(count).isBetween(9_600, 10_400);
            }
        });
    }

    @Test
    void neighbouringSeedsStartAtDifferentEndpoints() {
        Set<Integer> cursors = new HashSet<>();
        for (long seed = 0; seed < 64; seed++) {
            cursors.add(new PickState(seed).cursor(1_000));
        }
        assertThat(cursors).hasSizeGreaterThan(55);
    }

    @Test
    void theSameSeedGivesTheSameSequence() {
        PickState one = new PickState(-7);
        PickState other = new PickState(-7);
        for (int i = 0; i < 1_000; i++) {
            assertThat(one.random(1_000_000)).isEqualTo(other.random(1_000_000));
        }
    }
}
