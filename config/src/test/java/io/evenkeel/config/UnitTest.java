package io.evenkeel.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnitTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0s",
        "1ns, 1ns",
        "1500us, 1500us",
        "1000ms, 1s",
        "60s, 60s",
        "1m, 60s",
        "90s, 90s",
        "120s, 2m",
        "1m30s, 90s",
        "1h, 60m",
        "2h, 2h",
        "48h, 2d",
        "1d, 24h",
        "1h1ms, 3600001ms"
    })
    void durationsAreWrittenInTheLargestUnitThatLosesNothing(String text, String written) {
        assertThat(Unit.TIME.render(Unit.TIME.parse(text).orElseThrow(), "")).isEqualTo(written);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "512, 512", "1024, 1KiB", "1536, 1536", "1024KiB, 1MiB", "3GiB, 3GiB", "1TiB, 1TiB"})
    void sizesAreWrittenInTheLargestUnitThatLosesNothing(String text, String written) {
        assertThat(Unit.BYTES.render(Unit.BYTES.parse(text).orElseThrow(), "")).isEqualTo(written);
    }

    @ParameterizedTest
    @CsvSource({"1", "s", "1S", "1 s", "1s1", "1.5s", "--1s", "''", "-", "1sec"})
    void whatIsNoDurationIsNotRead(String text) {
        assertThat(Unit.TIME.parse(text)).isEmpty();
    }

    @Test
    void whatPassesALongIsTheGreatestLong() {
        assertThat(Unit.TIME.parse("99999999999999999999s")).hasValue(Long.MAX_VALUE);
        assertThat(Unit.TIME.parse("100000d200000d300000d")).hasValue(Long.MAX_VALUE);
        assertThat(Unit.BYTES.parse("9999999999TiB")).hasValue(Long.MAX_VALUE);
    }
}
