package io.evenkeel.proxy.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CombinedFormatTest {

    private final ExchangeRecord exchange = Exchanges.answered();

    @Test
    void aLineLooksAsApacheAndNginxWriteIt() {
        Exchanges.copy(exchange, Part.REFERER, "https://example.org/");

        assertThat(render())
                .isEqualTo("192.0.2.7 - - [21/Nov/2026:15:04:05 +0000] \"GET /api/check?a=b HTTP/1.1\" 200 2"
                        + " \"https://example.org/\" \"curl/8.5\"\n");
    }

    @Test
    void whatIsMissingIsADash() {
        exchange.reset();

        assertThat(render()).isEqualTo("- - - [01/Jan/1970:00:00:00 +0000] \"-\" 0 0 \"-\" \"-\"\n");
    }

    @Test
    void nothingFromOutsideEndsAFieldOrALine() {
        Exchanges.copy(exchange, Part.TARGET, "/a b\"\r\n\u00ff");
        Exchanges.copy(exchange, Part.USER_AGENT, "my \"agent\" \\x22\n127.0.0.1 - -");

        assertThat(render())
                .contains("\"GET /a\\x20b\\x22\\x0D\\x0A\\xFF HTTP/1.1\"")
                .endsWith("\"my \\x22agent\\x22 \\x5Cx22\\x0A127.0.0.1 - -\"\n")
                .matches("[ -~]*\n");
    }

    private String render() {
        return Exchanges.render(new CombinedFormat(), exchange);
    }
}
