package io.evenkeel.proxy.overload;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.config.OverloadConfig;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ActionsTest {

    private static final OverloadConfig DEFAULTS = OverloadConfig.defaults();

    private final Actions actions = new Actions();

    @ParameterizedTest
    @CsvSource({
        "84.9, true,  false, 0",
        "85,   false, false, 0",
        "90,   false, true,  0",
        "94.9, false, true,  0",
        "95,   false, true,  3",
        "97.4, false, true,  3",
        "97.5, false, true,  6",
        "99.9, false, true,  6",
        "100,  false, true,  10",
        "250,  false, true,  10"
    })
    void eachPressureHasItsActions(double percent, boolean accepting, boolean shortening, int rejectBelow) {
        actions.update(percent, DEFAULTS, List.of(2, 5, 9), 0);

        assertThat(actions.accepting()).isEqualTo(accepting);
        assertThat(actions.shortening()).isEqualTo(shortening);
        assertThat(actions.rejectBelow()).isEqualTo(rejectBelow);
    }

    @Test
    void wherePrioritiesDoNotDifferAllRoutesAreRejectedTogether() {
        actions.update(95, DEFAULTS, List.of(5), 0);

        assertThat(actions.rejectBelow()).isEqualTo(6);
    }

    @Test
    void anActionEndsFivePointsBelowItsThresholdAndASecondLater() {
        actions.update(86, DEFAULTS, List.of(5), 0);
        actions.update(81, DEFAULTS, List.of(5), 1);
        actions.update(81, DEFAULTS, List.of(5), 2 * Eased.CALM_NANOS);
        assertThat(actions.accepting()).isFalse();

        actions.update(80, DEFAULTS, List.of(5), 2 * Eased.CALM_NANOS);
        assertThat(actions.accepting()).isFalse();
        actions.update(80, DEFAULTS, List.of(5), 3 * Eased.CALM_NANOS);
        assertThat(actions.accepting()).isTrue();
    }

    @Test
    void aReloadMayLeaveFewerPrioritiesThanAreRejected() {
        actions.update(100, DEFAULTS, List.of(1, 2, 3), 0);
        actions.update(100, DEFAULTS, List.of(7), 1);
        assertThat(actions.rejectBelow()).isEqualTo(8);

        actions.update(100, DEFAULTS, List.of(), 2);
        assertThat(actions.rejectBelow()).isZero();
    }
}
