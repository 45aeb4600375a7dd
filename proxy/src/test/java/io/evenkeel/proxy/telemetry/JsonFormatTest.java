package io.evenkeel.proxy.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class JsonFormatTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final ExchangeRecord exchange = Exchanges.answered();

    @Test
    void aLineTellsTheWholeExchange() throws Exception {
        JsonNode line = parse();

        assertThat(line.get("time").asText()).isEqualTo("2026-11-21T15:04:05.678Z");
        assertThat(line.get("request_id").asText()).isEqualTo("4f1c");
        assertThat(line.get("client").asText()).isEqualTo("192.0.2.7");
        assertThat(line.get("listener").asText()).isEqualTo("web");
        assertThat(line.get("route").asText()).isEqualTo("checks");
        assertThat(line.get("upstream").asText()).isEqualTo("vvm");
        assertThat(line.get("endpoint").asText()).isEqualTo("10.0.0.1:8822");
        assertThat(line.get("attempts").asInt()).isEqualTo(1);
        assertThat(line.get("method").asText()).isEqualTo("GET");
        assertThat(line.get("target").asText()).isEqualTo("/api/check?a=b");
        assertThat(line.get("status").asInt()).isEqualTo(200);
        assertThat(line.get("bytes_in").asInt()).isEqualTo(100);
        assertThat(line.get("bytes_out").asInt()).isEqualTo(122);
        assertThat(line.get("body_bytes_out").asInt()).isEqualTo(2);
        assertThat(line.get("duration_us").asInt()).isEqualTo(600);
        assertThat(line.get("added_us").asInt()).isEqualTo(42);
        assertThat(line.get("answered_us").asInt()).isEqualTo(500);
    }

    @Test
    void whatIsNotKnownIsNull() throws Exception {
        exchange.reset();

        JsonNode line = parse();

        for (String field : new String[] {"request_id", "upstream", "method", "failure", "duration_us", "added_us"}) {
            assertThat(line.get(field).isNull()).as(field).isTrue();
        }
    }

    @Test
    void aFailureHasReasonPhaseAndSide() throws Exception {
        exchange.failed(Failure.CONNECT_TIMEOUT);

        JsonNode line = parse();

        assertThat(line.get("failure").asText()).isEqualTo("connect_timeout");
        assertThat(line.get("phase").asText()).isEqualTo("acquire");
        assertThat(line.get("side").asText()).isEqualTo("upstream");
    }

    @Test
    void everyByteFromOutsideIsKeptAndLeavesTheLineOneLineOfAscii() throws Exception {
        byte[] all = new byte[256];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }
        exchange.copy(Part.TARGET, all, 0, all.length);

        JsonNode line = parse();

        assertThat(line.get("target").asText()).isEqualTo(new String(all, StandardCharsets.ISO_8859_1));
    }

    @Test
    void randomBytesInEveryPartStayValidJson() throws Exception {
        Random random = new Random(7);
        for (int round = 0; round < 500; round++) {
            exchange.reset();
            for (Part part : Part.values()) {
                byte[] noise = new byte[random.nextInt(3_000)];
                random.nextBytes(noise);
                exchange.copy(part, noise, 0, noise.length);
                String kept =
                        new String(noise, 0, Math.min(noise.length, part.maxBytes()), StandardCharsets.ISO_8859_1);
                assertThat(Exchanges.text(exchange, part)).isEqualTo(kept);
            }
            assertThat(parse().get("user_agent")).isNotNull();
        }
    }

    @Test
    void namesFromTheConfigurationMayHoldAnyCharacter() throws Exception {
        exchange.routed("l\"\n", "gr\u00fc\u00dfe \ud83d\ude00", "\u2028");

        JsonNode line = parse();

        assertThat(line.get("listener").asText()).isEqualTo("l\"\n");
        assertThat(line.get("route").asText()).isEqualTo("gr\u00fc\u00dfe \ud83d\ude00");
        assertThat(line.get("upstream").asText()).isEqualTo("\u2028");
    }

    private JsonNode parse() throws JsonProcessingException {
        String line = Exchanges.render(new JsonFormat(), exchange);
        assertThat(line).endsWith("\n").matches("[ -~]*\n");
        return JSON.readTree(line);
    }
}
