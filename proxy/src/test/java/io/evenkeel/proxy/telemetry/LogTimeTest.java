package io.evenkeel.proxy.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LogTimeTest {

    private static final DateTimeFormatter ISO = format("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'");
    private static final DateTimeFormatter COMMON = format("dd/MMM/yyyy:HH:mm:ss Z");

    @Test
    void everyDayOfFourCenturiesIsTheDayThatJavaTimeSays() {
        for (long day = 0; day < 146_097; day++) {
            assertSame(day * 86_400_000L);
        }
    }

    @Test
    void everyTimeIsTheTimeThatJavaTimeSays() {
        Random random = new Random(3);
        for (int i = 0; i < 20_000; i++) {
            assertSame(random.nextLong(Instant.parse("9999-12-31T23:59:59.999Z").toEpochMilli()));
        }
    }

    private static void assertSame(long millis) {
        LineBuffer line = new LineBuffer();
        LogTime.putIso(line, millis);
        line.put(' ');
        LogTime.putCommon(line, millis);
        Instant instant = Instant.ofEpochMilli(millis);
        assertThat(new String(line.bytes(), 0, line.length(), StandardCharsets.US_ASCII))
                .isEqualTo(ISO.format(instant) + " " + COMMON.format(instant));
    }

    private static DateTimeFormatter format(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC);
    }
}
