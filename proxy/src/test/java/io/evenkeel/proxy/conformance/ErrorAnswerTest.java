package io.evenkeel.proxy.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.proxy.testing.RawClient;
import io.evenkeel.proxy.testing.RawResponse;
import io.evenkeel.proxy.testing.RouterFixture;
import io.evenkeel.proxy.testing.Step;
import io.evenkeel.proxy.testing.TestConfig;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an answer of the router's own looks like: RFC 9110 §15.5, §15.6. */
final class ErrorAnswerTest {

    private static final String ID = "4c1f9b8e-0d2a-4e53-9a39-0f6d1c1f7e11";

    @RegisterExtension
    static final RouterFixture ROUTER = RouterFixture.start(TestConfig::full);

    @ParameterizedTest
    @CsvSource({
        "502, 'GET / HTTP/1.1', ''",
        "405, 'TRACE / HTTP/1.1', ''",
        "417, 'GET / HTTP/1.1', 'Expect: x'",
        "400, 'POST / HTTP/1.1', 'Connection: upgrade,Upgrade: websocket'",
        "508, 'GET / HTTP/1.1', 'Via: 1.1 router-under-test'"
    })
    void requestIdOfTheClientIsTold(int status, String line, String fields) throws IOException {
        ROUTER.upstream().next(Step.answerAndClose("garbage\r\n\r\n"));
        String extra = fields.isEmpty() ? "" : fields.replace(",", "\r\n") + "\r\n";
        try (RawClient client = ROUTER.client()) {
            RawResponse response =
                    client.exchange(line + "\r\nHost: a\r\nX-Request-Id: " + ID + "\r\n" + extra + "\r\n");
            assertThat(response.status()).isEqualTo(status);
            assertThat(response.body().text()).contains(ID);
            Refusal.assertShort(response);
        }
    }

    @Test
    void refusalOfAnUnreadableRequestTellsAnIdOfItsOwn() throws IOException {
        try (RawClient client = ROUTER.client()) {
            RawResponse response = client.exchange("GET / HTTP/1.1\r\nHost : a\r\n\r\n");
            assertThat(response.body().length()).isPositive();
            Refusal.assertShort(response);
        }
    }

    @Test
    void answerToHeadHasTheFieldsButNoContent() throws IOException {
        ROUTER.upstream().next(Step.answerAndClose("garbage\r\n\r\n"));
        try (RawClient client = ROUTER.client()) {
            RawResponse response = client.exchange("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(response.status()).isEqualTo(502);
            Verdict.assertKeepsItsWord(client, response);
        }
    }

    @Test
    void methodNotAllowedNamesTheMethodsThatAre() throws IOException {
        try (RawClient client = ROUTER.client()) {
            RawResponse response = client.exchange("TRACE / HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(response.fields().has("Allow")).as("RFC 9110 §15.5.6").isTrue();
            assertThat(response.fields().lists("Allow", "TRACE")).isFalse();
        }
    }

    @Test
    void answerCannotBeCachedAndHasADate() throws IOException {
        ROUTER.upstream().next(Step.answerAndClose("garbage\r\n\r\n"));
        try (RawClient client = ROUTER.client()) {
            RawResponse response = client.exchange("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(response.fields().joined("Cache-Control")).contains("no-store");
            assertThat(response.fields().joined("Date"))
                    .as("RFC 9110 §5.6.7")
                    .matches("[A-Z][a-z]{2}, [0-9]{2} [A-Z][a-z]{2} [0-9]{4} [0-9]{2}:[0-9]{2}:[0-9]{2} GMT");
        }
    }

    @Test
    void requestContentThatFollowsARefusalIsNoRequest() throws IOException {
        String smuggled = "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n";
        try (RawClient client = ROUTER.client()) {
            client.send("TRACE / HTTP/1.1\r\nHost: a\r\nContent-Length: " + smuggled.length() + "\r\n\r\n" + smuggled);
            RawResponse response = client.read();
            assertThat(response.status()).isEqualTo(405);
            Verdict.assertKeepsItsWord(client, response);
        }
        assertThat(ROUTER.upstream().requests()).noneMatch(r -> r.target().equals("/smuggled"));
    }
}
