package io.evenkeel.proxy.overload;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EasedTest {

    private final Eased eased = new Eased();

    @Test
    void itRisesAtOnce() {
        assertThat(eased.update(1, 1, 0)).isOne();
        assertThat(eased.update(3, 3, 0)).isEqualTo(3);
    }

    @Test
    void itFallsAfterASecondOfCalm() {
        eased.update(2, 2, 0);
        assertThat(eased.update(0, 0, 1)).isEqualTo(2);
        assertThat(eased.update(0, 0, Eased.CALM_NANOS)).isEqualTo(2);
        assertThat(eased.update(0, 0, Eased.CALM_NANOS + 1)).isZero();
    }

    @Test
    void aMomentOfPressureStartsTheCalmAnew() {
        eased.update(1, 1, 0);
        eased.update(0, 0, 1);
        eased.update(0, 1, 2);
        eased.update(0, 0, 3);
        assertThat(eased.update(0, 0, Eased.CALM_NANOS + 1)).isOne();
        assertThat(eased.update(0, 0, Eased.CALM_NANOS + 3)).isZero();
    }

    @Test
    void itFallsNoFurtherThanThePressureWithItsMarginAllows() {
        eased.update(4, 4, 0);
        eased.update(1, 2, 1);
        assertThat(eased.update(1, 2, Eased.CALM_NANOS + 1)).isEqualTo(2);
    }
}
