package io.evenkeel.proxy.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineBufferTest {

    private final LineBuffer line = new LineBuffer();

    @ParameterizedTest
    @ValueSource(longs = {0, 7, 10, 99, 100, 1_234_567_890_123L, -1, -10, Long.MAX_VALUE, -Long.MAX_VALUE})
    void aNumberIsWrittenAsJavaWritesIt(long number) {
        line.putNumber(number);

        assertThat(text()).isEqualTo(Long.toString(number));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1_000, 5_000})
    void aLineGrowsWithWhatIsPutIntoIt(int count) {
        for (int i = 0; i < count; i++) {
            line.putDigits(i % 10, 1);
            line.put("ab");
            line.putEscape('x', 0xF, 2);
        }

        assertThat(text()).hasSize(7 * count).startsWith("0ab\\x0F").endsWith("ab\\x0F");
    }

    private String text() {
        return new String(line.bytes(), 0, line.length(), StandardCharsets.US_ASCII);
    }
}
