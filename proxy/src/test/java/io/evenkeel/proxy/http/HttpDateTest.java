package io.evenkeel.proxy.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class HttpDateTest {

    private Instant now = Instant.parse("2026-11-01T05:06:07.999Z");
    private final HttpDate date = new HttpDate(new InstantSource() {
        @Override
        public Instant instant() {
            return now;
        }
    });

    private String line() {
        byte[] line = date.line();
        return Heads.text(line, 0, line.length);
    }

    /** RFC 9110 §5.6.7: two digits for the day, English names, GMT. */
    @Test
    void itIsAnImfFixdateWhateverTheLocale() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("ar-EG"));
        try {
            assertThat(line()).isEqualTo("Date: Sun, 01 Nov 2026 05:06:07 GMT\r\n");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void itIsMadeOncePerSecond() {
        byte[] first = date.line();
        now = now.minusMillis(999);
        assertThat(date.line()).isSameAs(first);
        now = now.plusSeconds(1);
        assertThat(line()).isEqualTo("Date: Sun, 01 Nov 2026 05:06:08 GMT\r\n");
    }

    @Test
    void aClockThatIsSetBackIsFollowed() {
        line();
        now = Instant.parse("1969-12-31T23:59:59.500Z");
        assertThat(line()).isEqualTo("Date: Wed, 31 Dec 1969 23:59:59 GMT\r\n");
    }
}
