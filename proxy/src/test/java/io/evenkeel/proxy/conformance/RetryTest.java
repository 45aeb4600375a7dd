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
import org.junit.jupiter.params.provider.ValueSource;

/** When another attempt is made and when it must not be: RFC 9110 §9.2.2, RFC 9112 §9.3.1. */
final class RetryTest {

    private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final String POST = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc";

    @RegisterExtension
    static final RouterFixture ROUTER = RouterFixture.plain();

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "OPTIONS", "PUT", "DELETE"})
    void idempotentRequestOnAPooledConnectionThatClosesIsTriedOnceMore(String method) throws IOException {
        try (RawClient client = ROUTER.client()) {
            client.exchange(GET);
            ROUTER.upstream().next(Step.readHead().then(Step.close()));
            assertThat(client.exchange(GET.replace("GET", method)).status()).isEqualTo(200);
        }
        assertThat(ROUTER.upstream().requests()).hasSize(3);
    }

    @Test
    void idempotentRequestOnAPooledConnectionThatIsResetIsTriedOnceMore() throws IOException {
        try (RawClient client = ROUTER.client()) {
            client.exchange(GET);
            ROUTER.upstream().next(Step.readHead().then(Step.reset()));
            assertThat(client.exchange(GET).status()).isEqualTo(200);
        }
    }

    @Test
    void postThatWasSentIsNotSentAgain() throws IOException {
        try (RawClient client = ROUTER.client()) {
            client.exchange(GET);
            ROUTER.upstream().next(Step.readRequest().then(Step.close()));
            RawResponse response = client.exchange(POST);
            assertThat(response.status()).as("%s", response).isEqualTo(502);
        }
        assertThat(ROUTER.upstream().requests())
                .filteredOn(r -> r.method().equals("POST"))
                .hasSize(1);
    }

    @Test
    void attemptsAreBounded() throws IOException {
        ROUTER.upstream().always(Step.readHead().then(Step.close()));
        try (RawClient client = ROUTER.client()) {
            assertThat(client.exchange(GET).status()).isEqualTo(502);
        }
        assertThat(ROUTER.upstream().requests()).hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void requestIsNotTriedAgainOnceTheResponseHasBegun() throws IOException {
        try (RawClient client = ROUTER.client()) {
            client.exchange(GET);
            ROUTER.upstream().reset();
            ROUTER.upstream().next(Step.answerAndClose("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nab"));
            client.send(GET);
            assertThat(client.readHead()).startsWith("HTTP/1.1 200");
            client.skip(2);
            assertThat(client.peerCloses()).isTrue();
        }
        assertThat(ROUTER.upstream().requests()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 504})
    void answerOfAnEndpointIsNeverRetried(int status) throws IOException {
        ROUTER.upstream()
                .next(Step.answer("HTTP/1.1 " + status + " Own\r\nRetry-After: 1\r\nContent-Length: 3\r\n\r\nown"));
        try (RawClient client = ROUTER.client()) {
            RawResponse response = client.exchange(GET);
            assertThat(response.status()).isEqualTo(status);
            assertThat(response.body().text()).isEqualTo("own");
            assertThat(response.fields().joined("Retry-After")).isEqualTo("1");
        }
        assertThat(ROUTER.upstream().requests()).hasSize(1);
    }

    @Test
    void pooledConnectionsThatWereClosedWhileIdleLoseNoPost() throws IOException {
        for (int i = 0; i < 50; i++) {
            ROUTER.upstream().next(Step.answerAndClose(Step.OK));
            try (RawClient client = ROUTER.client()) {
                assertThat(client.exchange(POST).status()).isEqualTo(200);
            }
            Verdict.eventually()
                    .until(() -> ROUTER.upstream().connections().stream().allMatch(c -> c.closed()));
        }
    }

    @Test
    void endpointThatRefusesConnectionsIsPassedOverForAnyMethod() throws IOException {
        try (RouterFixture router = RouterFixture.start(live -> TestConfig.with(
                TestConfig.plain(RecordingUpstream.deadAddress(), live),
                "upstreams.0.retry.budgetMinPerSecond",
                1000))) {
            for (int i = 0; i < 20; i++) {
                try (RawClient client = router.client()) {
                    assertThat(client.exchange(i % 2 == 0 ? GET : POST).status())
                            .isEqualTo(200);
                }
            }
        }
    }

    @Test
    void endpointsThatAreAllDeadAreABadGatewayThatTellsOnlyTheRequestId() throws IOException {
        try (RouterFixture router = RouterFixture.start(
                live -> TestConfig.plain(RecordingUpstream.deadAddress(), RecordingUpstream.deadAddress()))) {
            try (RawClient client = router.client()) {
                RawResponse response = client.exchange(GET);
                assertThat(response.status()).isIn(502, 503);
                assertThat(response.body().length()).isPositive();
                Refusal.assertShort(response);
                Verdict.assertKeepsItsWord(client, response, response.status());
            }
        }
    }

    @Test
    void upstreamWithoutEndpointsIsUnavailableAndSaysWhenToComeBack() throws IOException {
        try (RouterFixture router = RouterFixture.start(RetryTest::noEndpoints)) {
            try (RawClient client = router.client()) {
                RawResponse response = client.exchange(GET);
                assertThat(response.status()).isEqualTo(503);
                assertThat(response.fields().has("Retry-After")).isTrue();
                Refusal.assertShort(response);
            }
        }
    }

    private static RouterConfig noEndpoints(InetSocketAddress ignored) {
        return TestConfig.with(TestConfig.plain(), "upstreams", List.of(TestConfig.upstream("endpoints")));
    }
}
