package io.evenkeel.proxy.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubjectsTest {

    private static String value(String name) {
        return new String(Subjects.fieldValue(name), StandardCharsets.US_ASCII);
    }

    @ParameterizedTest
    @CsvSource({"'CN=a b,O=c', 'CN=a b,O=c'", "CN=Jörg, CN=J\\C3\\B6rg", "CN=日, CN=\\E6\\97\\A5"})
    void whatIsNotVisibleAsciiIsEscaped(String name, String value) {
        assertThat(value(name)).isEqualTo(value);
    }

    @Test
    void nothingInANameEndsTheFieldLine() {
        assertThat(value("CN=a\r\nHost: b\0\u007f")).isEqualTo("CN=a\\0D\\0AHost: b\\00\\7F");
    }

    @Test
    void aNameThatIsTooLongIsCut() {
        assertThat(value("CN=" + "x".repeat(100_000))).hasSizeBetween(4_000, 5_000);
    }
}
