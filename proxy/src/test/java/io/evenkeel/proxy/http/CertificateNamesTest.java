package io.evenkeel.proxy.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CertificateNamesTest {

    private static final CertificateNames NAMES =
            CertificateNames.of(List.of("example.org", "*.wild.example", "192.0.2.1"));

    @ParameterizedTest
    @CsvSource({
        "example.org, true",
        "EXAMPLE.org, true",
        "example.org., true",
        "www.example.org, false",
        "a.wild.example, true",
        "A.Wild.Example, true",
        "wild.example, false",
        ".wild.example, false",
        "a.b.wild.example, false",
        "192.0.2.1, true",
        "192.0.2.10, false",
        "'', false",
        "., false"
    })
    void aWildcardStandsForOneWholeLabel(String host, boolean covered) {
        byte[] bytes = Octets.ascii("Host: " + host + "\r\n");
        assertThat(NAMES.cover(bytes, 6, 6 + host.length())).isEqualTo(covered);
    }
}
