package io.evenkeel.proxy.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorityTest {

    /** Where the host ends, the neighbours in the array being none of its business. */
    private static int endOfHost(String text) {
        byte[] bytes = Heads.octets("]" + text + "%41:1");
        int end = Authority.endOfHost(bytes, 1, 1 + text.length());
        return end < 0 ? end : end - 1;
    }

    /** RFC 3986 §3.2.2, §3.2.3. */
    @ParameterizedTest
    @CsvSource({
        "'', ''",
        "a, a",
        "EXAMPLE.org, EXAMPLE.org",
        "a-b_c~d.e, a-b_c~d.e",
        "a!$&'()*+;=, a!$&'()*+;=",
        "192.0.2.7:80, 192.0.2.7",
        "a:, a",
        "a:0, a",
        "a:65535, a",
        "a:000065535, a",
        ":80, ''",
        "%c3%A9.org:80, %c3%A9.org",
        "[::1], [::1]",
        "[2001:DB8::1]:443, [2001:DB8::1]",
        "[::ffff:192.0.2.7], [::ffff:192.0.2.7]",
        "[::]:, [::]",
    })
    void theHostEndsBeforeThePort(String text, String host) {
        assertThat(endOfHost(text)).isEqualTo(host.length());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a b",
                "a/b",
                "a\\b",
                "a?b",
                "a#b",
                "u@a",
                "u:p@a",
                "a,b",
                "a\"",
                "a<b",
                "a^b",
                "a\u0000",
                "a\u00e9",
                "a:b",
                "a:8 0",
                "a:+80",
                "a:-1",
                "a:65536",
                "a:99999999999999999999",
                "a:80:80",
                "a%",
                "a%4",
                "a%4g",
                "%",
                "[",
                "[]",
                "[:]",
                "[::1",
                "::1",
                "[::1]a",
                "[::1]80",
                "[::1%25eth0]",
                "[::g]",
                "[v1.x]",
                "[a]",
                "]",
                "a]"
            })
    void whatIsNoAuthorityIsRefused(String text) {
        assertThat(endOfHost(text)).isEqualTo(-1);
    }
}
