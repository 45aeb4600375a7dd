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
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** How much is at work at once, and what becomes of the rest: RFC 9110 §15.6.4. */
final class CircuitBreakerTest {

    private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final String BAD = "HTTP/1.1 502 Own\r\nContent-Length: 3\r\n\r\nown";

    private static void assertRefused(RouterFixture router, String reason, String limit) throws IOException {
        try (RawClient client = router.client()) {
            RawResponse response = client.exchange(GET);
            assertThat(response.status()).isEqualTo(503);
            assertThat(response.fields().joined("Retry-After")).isEqualTo("1");
            Refusal.assertShort(response);
            assertThat(response.saysClose()).isFalse();
        }
        assertThat(router.metrics().sum("evenkeel_failures_total", "reason=\"" + reason + "\""))
                .isEqualTo(1);
        assertThat(router.metrics().sum("evenkeel_overflows_total", "limit=\"" + limit + "\""))
                .isEqualTo(1);
    }

    private static void holdOneAndRefuseAnother(RouterFixture router, String reason, String limit) throws IOException {
        CountDownLatch gate = new CountDownLatch(1);
        router.upstream().next(Step.readRequest().then(Step.await(gate)).then(Step.send(Step.OK)));
        try (RawClient first = router.client()) {
            first.send(GET);
            Verdict.eventually().until(() -> !router.upstream().requests().isEmpty());
            assertRefused(router, reason, limit);
            gate.countDown();
            assertThat(first.read().status()).isEqualTo(200);
            assertThat(first.exchange(GET).status()).as("there is room again").isEqualTo(200);
        }
    }

    @Test
    void anExchangeTooManyInTheUpstreamIs503AndSaysWhenToComeBack() throws IOException {
        try (RouterFixture router = RouterFixture.plainWith("upstreams.0.circuitBreaker.maxInFlight", 1)) {
            holdOneAndRefuseAnother(router, "upstream_full", "in_flight");
        }
    }

    @Test
    void anAttemptTooManyAtTheOnlyEndpointIs503AndSaysWhenToComeBack() throws IOException {
        try (RouterFixture router = RouterFixture.plainWith("upstreams.0.circuitBreaker.maxInFlightPerEndpoint", 1)) {
            holdOneAndRefuseAnother(router, "endpoints_full", "endpoints");
            assertThat(router.metrics().sum("evenkeel_endpoint_limit")).isEqualTo(1);
        }
    }

    @Test
    void anEndpointWithoutRoomIsPassedOver() throws IOException {
        try (RecordingUpstream other = RecordingUpstream.start();
                RouterFixture router = RouterFixture.start(address -> TestConfig.with(
                        TestConfig.plain(address, other.address()),
                        "upstreams.0.circuitBreaker.maxInFlightPerEndpoint",
                        1))) {
            CountDownLatch gate = new CountDownLatch(1);
            Step held = Step.readRequest().then(Step.await(gate)).then(Step.send(Step.OK));
            router.upstream().always(held);
            other.always(held);
            try (RawClient first = router.client();
                    RawClient second = router.client()) {
                first.send(GET);
                second.send(GET);
                Verdict.eventually()
                        .until(() -> router.upstream().requests().size() == 1
                                && other.requests().size() == 1);
                assertRefused(router, "endpoints_full", "endpoints");
                gate.countDown();
                assertThat(first.read().status()).isEqualTo(200);
                assertThat(second.read().status()).isEqualTo(200);
            }
        }
    }

    @Test
    void aPlaceIsGivenBackHoweverAnExchangeEnds() throws IOException {
        try (RouterFixture router = RouterFixture.plainWith("upstreams.0.circuitBreaker.maxInFlight", 1)) {
            router.upstream()
                    .next(
                            Step.readRequest().then(Step.reset()),
                            Step.readRequest().then(Step.reset()),
                            Step.answer("nonsense\r\n\r\n"),
                            Step.readRequest().then(Step.untilClosed()));
            try (RawClient client = router.client()) {
                assertThat(client.exchange(GET).status()).isEqualTo(502);
            }
            try (RawClient client = router.client()) {
                assertThat(client.exchange(GET).status()).isEqualTo(502);
            }
            try (RawClient client = router.client()) {
                client.send(GET);
                Verdict.eventually().until(() -> router.upstream().requests().size() == 4);
                client.reset();
            }
            router.assertAtRest();
            try (RawClient client = router.client()) {
                assertThat(client.exchange(GET).status()).isEqualTo(200);
            }
        }
    }

    @Test
    void aRetryTooManyIsNotMadeAndTheAnswerPassedOn() throws IOException {
        try (RouterFixture router = RouterFixture.start(address -> retrying(TestConfig.plain(address)))) {
            CountDownLatch gate = new CountDownLatch(1);
            router.upstream()
                    .next(
                            Step.answer(BAD),
                            Step.readRequest().then(Step.await(gate)).then(Step.send(Step.OK)),
                            Step.answer(BAD));
            try (RawClient first = router.client();
                    RawClient second = router.client()) {
                first.send(GET);
                Verdict.eventually().until(() -> router.upstream().requests().size() == 2);
                assertThat(second.exchange(GET).body().text()).isEqualTo("own");
                assertThat(router.metrics().sum("evenkeel_overflows_total", "limit=\"retries\""))
                        .isEqualTo(1);
                gate.countDown();
                assertThat(first.read().status()).isEqualTo(200);
                router.upstream().next(Step.answer(BAD));
                assertThat(second.exchange(GET).status())
                        .as("there is room again")
                        .isEqualTo(200);
            }
        }
    }

    private static RouterConfig retrying(RouterConfig config) {
        return TestConfig.with(
                TestConfig.with(config, "upstreams.0.retry.statuses", List.of("502")),
                "upstreams.0.circuitBreaker.maxRetries",
                1);
    }
}
