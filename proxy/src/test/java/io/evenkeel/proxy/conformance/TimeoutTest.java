package io.evenkeel.proxy.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.evenkeel.proxy.testing.RawClient;
import io.evenkeel.proxy.testing.RawResponse;
import io.evenkeel.proxy.testing.RecordingUpstream;
import io.evenkeel.proxy.testing.RouterFixture;
import io.evenkeel.proxy.testing.Step;
import io.evenkeel.proxy.testing.TestConfig;
import io.evenkeel.proxy.testing.UpstreamConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Who keeps the router waiting, and what comes of it: RFC 9110 §15.5.9, §15.6.5. Short times, never measured. */
final class TimeoutTest {

    private static final Duration SHORT = Duration.ofMillis(150);
    private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

    @Test
    void headThatIsNeverCompleteIs408() throws IOException {
        try (RouterFixture router = RouterFixture.plainWith("listeners.0.timeouts.head", SHORT)) {
            try (RawClient client = router.client()) {
                Refusal.assertClosing(client, "GET / HTTP/1.1\r\nHost: a\r\nX: ", 408);
            }
            assertThat(router.upstream().connections()).isEmpty();
        }
    }

    @Test
    void headThatTricklesIs408AllTheSame() throws IOException {
        try (RouterFixture router = RouterFixture.plainWith("listeners.0.timeouts.head", SHORT);
                RawClient client = router.client()) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\n");
            await().pollInterval(Duration.ofMillis(20)).until(() -> {
                client.sendWhilePeerListens("X: y\r\n");
                return client.hasMore();
            });
            assertThat(client.read().status()).isEqualTo(408);
        }
    }

    @Test
    void connectionThatNeverAsksIsClosedWithoutAWordOrWith408() throws IOException {
        try (RouterFixture router = RouterFixture.start(address -> TestConfig.with(
                        TestConfig.with(TestConfig.plain(address), "listeners.0.timeouts.head", SHORT),
                        "listeners.0.timeouts.keepAlive",
                        SHORT));
                RawClient client = router.client()) {
            assertThat(client.peerCloses() || client.read().status() == 408).isTrue();
        }
    }

    @Test
    void idleKeepAliveConnectionIsClosedWithoutAWord() throws IOException {
        try (RouterFixture router = RouterFixture.plainWith("listeners.0.timeouts.keepAlive", SHORT);
                RawClient client = router.client()) {
            assertThat(client.exchange(GET).status()).isEqualTo(200);
            assertThat(client.peerCloses()).isTrue();
        }
    }

    @Test
    void contentThatStopsComingIs408AndTheEndpointSeesNoWholeRequest() throws IOException {
        try (RouterFixture router = RouterFixture.plainWith("listeners.0.timeouts.idle", SHORT)) {
            try (RawClient client = router.client()) {
                Refusal.assertClosing(client, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nabc", 408);
            }
            assertThat(router.upstream().requests()).noneMatch(request -> request.complete());
        }
    }

    @Test
    void contentThatComesTooSlowlyIs408() throws IOException {
        try (RouterFixture router = RouterFixture.start(address -> TestConfig.with(
                        TestConfig.with(TestConfig.plain(address), "listeners.0.limits.minBodyRateBytes", 1_000_000),
                        "listeners.0.timeouts.bodyRateGrace",
                        SHORT));
                RawClient client = router.client()) {
            client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000000\r\n\r\n");
            await().pollInterval(Duration.ofMillis(20)).until(() -> {
                client.sendWhilePeerListens("x");
                return client.hasMore();
            });
            assertThat(client.read().status()).isEqualTo(408);
        }
    }

    @Test
    void endpointThatDoesNotAnswerIs504AndItsConnectionIsDiscarded() throws IOException {
        try (RouterFixture router = RouterFixture.plainWith("upstreams.0.timeouts.responseHead", SHORT)) {
            assertGatewayTimeout(router, Step.readRequest().then(Step.untilClosed()));
            assertGatewayTimeout(router, Step.answer("HTTP/1.1 200 OK\r\nConte").then(Step.untilClosed()));
            assertGatewayTimeout(
                    router, Step.answer("HTTP/1.1 100 Continue\r\n\r\n").then(Step.untilClosed()));
        }
    }

    @Test
    void responseHeadTimeoutOfTheRouteWins() throws IOException {
        try (RouterFixture router = RouterFixture.plainWith("routes.0.responseHeadTimeout", Optional.of(SHORT))) {
            assertGatewayTimeout(router, Step.readRequest().then(Step.untilClosed()));
        }
    }

    @Test
    void exchangeThatExceedsItsTotalTimeIs504() throws IOException {
        try (RouterFixture router = RouterFixture.plainWith("upstreams.0.timeouts.total", SHORT)) {
            assertGatewayTimeout(router, Step.readRequest().then(Step.untilClosed()));
        }
    }

    @Test
    void endpointThatFallsSilentInTheMiddleIsBrokenOff() throws IOException {
        try (RouterFixture router = RouterFixture.plainWith("upstreams.0.timeouts.idle", SHORT)) {
            router.upstream()
                    .next(Step.answer("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc")
                            .then(Step.untilClosed()));
            try (RawClient client = router.client()) {
                client.send(GET);
                assertThat(client.readHead()).startsWith("HTTP/1.1 200");
                client.skip(3);
                assertThat(client.peerCloses()).isTrue();
            }
            assertDiscarded(router);
        }
    }

    @Test
    void endpointThatDoesNotAcceptIs504() throws IOException {
        try (RecordingUpstream full = RecordingUpstream.thatNeverAccepts();
                RouterFixture router = RouterFixture.start(address ->
                        TestConfig.with(TestConfig.plain(full.address()), "upstreams.0.timeouts.connect", SHORT))) {
            try (RawClient client = router.client()) {
                RawResponse response = client.exchange(GET);
                assertThat(response.status()).as("%s", response).isEqualTo(504);
                Refusal.assertShort(response);
            }
        }
    }

    @Test
    void silentEventStreamOutlivesEveryTimeOutThatIsNotItsOwn() throws IOException {
        try (RouterFixture router = RouterFixture.plainWith("upstreams.0.timeouts.responseHead", SHORT)) {
            CountDownLatch gate = new CountDownLatch(1);
            String head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";
            router.upstream().next(Step.answer(head).then(Step.await(gate)).then(Step.send("3\r\nabc\r\n0\r\n\r\n")));
            try (RawClient client = router.client()) {
                client.send(GET);
                await().until(client::hasMore);
                await().pollDelay(SHORT.multipliedBy(2)).until(() -> true);
                gate.countDown();
                assertThat(client.read().body().text()).isEqualTo("abc");
            }
        }
    }

    private static void assertGatewayTimeout(RouterFixture router, Step stall) throws IOException {
        router.upstream().next(stall);
        try (RawClient client = router.client()) {
            RawResponse response = client.exchange(GET);
            assertThat(response.status()).as("%s", response).isEqualTo(504);
            Refusal.assertShort(response);
            Verdict.assertKeepsItsWord(client, response);
        }
        assertDiscarded(router);
    }

    private static void assertDiscarded(RouterFixture router) {
        Verdict.eventually().untilAsserted(() -> assertThat(router.upstream().connections())
                .filteredOn(c -> c.requests().stream().anyMatch(r -> r.target().equals("/")))
                .isNotEmpty()
                .allMatch(UpstreamConnection::closed));
    }
}
