package io.evenkeel.proxy.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.config.RouterConfig;
import io.evenkeel.proxy.testing.RawClient;
import io.evenkeel.proxy.testing.RawResponse;
import io.evenkeel.proxy.testing.RecordingUpstream;
import io.evenkeel.proxy.testing.RouterFixture;
import io.evenkeel.proxy.testing.Step;
import io.evenkeel.proxy.testing.TestConfig;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which answers of an endpoint are thrown away for another attempt: RFC 9110 §9.2.2, §15.6.4. */
final class StatusRetryTest {

    private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final String BAD = "HTTP/1.1 502 Own\r\nContent-Length: 3\r\n\r\nown";

    @RegisterExtension
    static final RouterFixture ROUTER = RouterFixture.start(StatusRetryTest::config);

    private static RouterConfig config(InetSocketAddress... endpoints) {
        RouterConfig statuses =
                TestConfig.with(TestConfig.plain(endpoints), "upstreams.0.retry.statuses", List.of("500", "502-504"));
        RouterConfig methods = TestConfig.with(statuses, "upstreams.0.retry.methods", List.of("POST", "COMMAND"));
        return TestConfig.with(methods, "upstreams.0.retry.requiredField", "Idempotency-Key");
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 504})
    void aListedAnswerIsFollowedByAnotherAttempt(int status) throws IOException {
        ROUTER.upstream().next(Step.answer(BAD.replace("502", String.valueOf(status))));
        try (RawClient client = ROUTER.client()) {
            assertThat(client.exchange(GET).status()).isEqualTo(200);
        }
        assertThat(ROUTER.upstream().requests()).hasSize(2);
        assertThat(ROUTER.metrics().sum("evenkeel_failures_total")).isZero();
    }

    @Test
    void aConnectionWhoseAnswerWasCompleteIsUsedAgain() throws IOException {
        ROUTER.upstream().next(Step.answer(BAD), Step.ok());
        try (RawClient client = ROUTER.client()) {
            assertThat(client.exchange(GET).status()).isEqualTo(200);
        }
        assertThat(ROUTER.upstream().connections())
                .filteredOn(connection -> !connection.requests().isEmpty())
                .allSatisfy(
                        connection -> assertThat(connection.closedByRouter()).isFalse());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 502 Own\r\nContent-Length: 300000\r\n\r\nown",
                "HTTP/1.1 502 Own\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nown\r\n",
                "HTTP/1.1 502 Own\r\n\r\nown",
                "HTTP/1.1 502 Own\r\nContent-Length: 3\r\n\r\nown surplus"
            })
    void anAnswerThatIsThrownAwayInTheMiddleCostsItsConnection(String answer) throws IOException {
        ROUTER.upstream().next(Step.answer(answer).then(Step.untilClosed()));
        try (RawClient client = ROUTER.client()) {
            assertThat(client.exchange(GET).body().text()).isEqualTo("ok");
        }
        Verdict.eventually()
                .until(() -> ROUTER.upstream().connections().stream().anyMatch(c -> c.closedByRouter()));
    }

    @Test
    void theLastAnswerIsPassedOnAsItCame() throws IOException {
        ROUTER.upstream()
                .next(Step.answer(BAD), Step.answer(BAD.replace("502", "504").replace("own", "two")));
        try (RawClient client = ROUTER.client()) {
            RawResponse response = client.exchange(GET);
            assertThat(response.status()).isEqualTo(504);
            assertThat(response.body().text()).isEqualTo("two");
        }
        assertThat(ROUTER.upstream().requests()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"429 Slow Down", "404 Not Found", "501 Not Implemented", "503 Full\r\nRetry-After: 1"})
    void whatIsNotListedOrSaysWhenToComeBackIsPassedOn(String status) throws IOException {
        ROUTER.upstream().next(Step.answer(BAD.replace("502 Own", status)));
        try (RawClient client = ROUTER.client()) {
            assertThat(client.exchange(GET).status()).isEqualTo(Integer.parseInt(status.substring(0, 3)));
        }
        assertThat(ROUTER.upstream().requests()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "POST, '', 502, 1",
        "POST, Idempotency-Key: 7, 200, 2",
        "POST, Idempotency-Key:, 502, 1",
        "COMMAND, idempotency-key: 7, 200, 2",
        "PATCH, Idempotency-Key: 7, 502, 1",
        "PUT, '', 200, 2"
    })
    void aMethodThatIsNotIdempotentIsRepeatedOnlyIfListedAndWithItsField(
            String method, String field, int status, int attempts) throws IOException {
        ROUTER.upstream().next(Step.answer(BAD));
        String line = field.isEmpty() ? "" : field + "\r\n";
        try (RawClient client = ROUTER.client()) {
            String request = method + " / HTTP/1.1\r\nHost: a\r\n" + line + "Content-Length: 3\r\n\r\nabc";
            assertThat(client.exchange(request).status()).isEqualTo(status);
        }
        assertThat(ROUTER.upstream().requests())
                .hasSize(attempts)
                .allSatisfy(request -> assertThat(request.body().text()).isEqualTo("abc"));
    }

    @Test
    void anotherEndpointIsPreferred() throws IOException {
        try (RecordingUpstream other = RecordingUpstream.start();
                RouterFixture router = RouterFixture.start(address -> config(address, other.address()))) {
            router.upstream().always(Step.answer(BAD));
            for (int i = 0; i < 10; i++) {
                try (RawClient client = router.client()) {
                    assertThat(client.exchange(GET).status()).isEqualTo(200);
                }
            }
            assertThat(other.requests()).hasSize(10);
            assertThat(router.upstream().requests()).isNotEmpty();
        }
    }

    @Test
    void nothingIsRepeatedOnceTheBudgetIsUsedUp() throws IOException {
        try (RouterFixture router = RouterFixture.start(address -> TestConfig.with(
                TestConfig.with(config(address), "upstreams.0.retry.budgetMinPerSecond", 0),
                "upstreams.0.retry.budgetPercent",
                0))) {
            router.upstream().next(Step.answer(BAD));
            try (RawClient client = router.client()) {
                RawResponse response = client.exchange(GET);
                assertThat(response.status()).isEqualTo(502);
                assertThat(response.body().text()).isEqualTo("own");
            }
            assertThat(router.metrics().sum("evenkeel_overflows_total", "limit=\"retry_budget\""))
                    .isEqualTo(1);
            assertThat(router.metrics().sum("evenkeel_retries_total")).isZero();
        }
    }

    @Test
    void aFullOutageIsMetWithAtMostAFifthMoreAttempts() throws IOException {
        try (RouterFixture router = RouterFixture.start(StatusRetryTest::config)) {
            router.upstream().always(Step.answer(BAD));
            int requests = 500;
            try (RawClient client = router.client()) {
                for (int i = 0; i < requests; i++) {
                    assertThat(client.exchange(GET).status()).isEqualTo(502);
                }
            }
            assertThat(router.upstream().requests()).hasSizeBetween(requests + 1, requests * 12 / 10);
        }
    }
}
