package io.evenkeel.rebalancer.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowsTest {

    @Test
    void withoutAnyItIsAlwaysOpen() {
        assertThat(Windows.of(List.of()).open(Instant.parse("2026-11-22T03:00:00Z")))
                .isTrue();
    }

    /** 2026-11-20 is a Friday. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            Mon-Fri 22:00-06:00 | 2026-11-20T22:00:00Z | true
            Mon-Fri 22:00-06:00 | 2026-11-20T21:59:59Z | false
            Mon-Fri 22:00-06:00 | 2026-11-21T05:59:59Z | true
            Mon-Fri 22:00-06:00 | 2026-11-21T06:00:00Z | false
            Mon-Fri 22:00-06:00 | 2026-11-21T23:00:00Z | false
            Mon-Fri 22:00-06:00 | 2026-11-23T03:00:00Z | false
            * 01:00-05:00       | 2026-11-22T01:00:00Z | true
            * 01:00-05:00       | 2026-11-22T05:00:00Z | false
            Sat,Mon 00:00-12:00 | 2026-11-21T11:00:00Z | true
            Sat,Mon 00:00-12:00 | 2026-11-22T11:00:00Z | false
            Fri-Mon 00:00-12:00 | 2026-11-22T11:00:00Z | true
            """)
    void aWindowIsOpenOnItsDaysBetweenItsTimes(String window, Instant at, boolean open) {
        assertThat(Windows.of(List.of(window)).open(at)).isEqualTo(open);
    }
}
