package io.evenkeel.balancer.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.balancer.endpoint.Standing.Health;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Unhealthy after three failed checks in a row, healthy after two passed. */
class VerdictTest {

    /** p passes, f fails, s is silent for too long; a verdict that may change is asked for fast. */
    @ParameterizedTest
    @CsvSource({
        "UNKNOWN,   '',     UNKNOWN,   true",
        "UNKNOWN,   p,      HEALTHY,   false",
        "UNKNOWN,   ff,     UNKNOWN,   true",
        "UNKNOWN,   ffp,    HEALTHY,   false",
        "UNKNOWN,   fff,    UNHEALTHY, false",
        "HEALTHY,   ff,     HEALTHY,   true",
        "HEALTHY,   ffpff,  HEALTHY,   true",
        "HEALTHY,   ffp,    HEALTHY,   false",
        "HEALTHY,   fff,    UNHEALTHY, false",
        "HEALTHY,   s,      UNHEALTHY, false",
        "HEALTHY,   fs,     UNHEALTHY, false",
        "HEALTHY,   fsp,    UNHEALTHY, true",
        "UNHEALTHY, f,      UNHEALTHY, false",
        "UNHEALTHY, p,      UNHEALTHY, true",
        "UNHEALTHY, pfp,    UNHEALTHY, true",
        "UNHEALTHY, pp,     HEALTHY,   false",
        "UNHEALTHY, ppff,   HEALTHY,   true",
        "UNHEALTHY, ppfff,  UNHEALTHY, false"
    })
    void checksInARowDecide(Health from, String checks, Health expected, boolean changing) {
        Verdict verdict = new Verdict(3, 2, from);
        checks.chars().forEach(check -> {
            switch (check) {
                case 'p' -> verdict.passed();
                case 'f' -> verdict.failed();
                default -> verdict.suspected();
            }
        });

        assertThat(verdict.health()).isEqualTo(expected);
        assertThat(verdict.changing()).isEqualTo(changing);
    }
}
