package io.evenkeel.balancer.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class NormalTailTest {

    @ParameterizedTest
    @CsvFileSource(resources = "normal-tail.csv")
    void theTailIsWhatAnotherProgramComputes(double deviations, double expected) {
        double tail = NormalTail.minusLog10(deviations);

        if (expected > 1e-3) {
            assertThat(tail).isCloseTo(expected, withinPercentage(1e-10));
        } else {
            assertThat(tail).isCloseTo(expected, within(1e-15));
        }
    }

    @Test
    void itNeverFallsNorJumpsWhereTheFormulasMeet() {
        for (double y = -4; y < 4; y += 1e-3) {
            double step = NormalTail.minusLog10(y + 1e-3) - NormalTail.minusLog10(y);
            assertThat(step).as("at %f", y).isBetween(0.0, 2.1e-3);
        }
    }

    @Test
    void itIsANumberHoweverFarOut() {
        assertThat(NormalTail.minusLog10(1e12)).isFinite().isPositive();
        assertThat(NormalTail.minusLog10(-1e12)).isZero();
    }
}
