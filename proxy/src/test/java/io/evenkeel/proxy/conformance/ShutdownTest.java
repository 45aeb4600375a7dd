package io.evenkeel.proxy.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.evenkeel.config.RouterConfig;
import io.evenkeel.proxy.Router;
import io.evenkeel.proxy.testing.RawClient;
import io.evenkeel.proxy.testing.RawResponse;
import io.evenkeel.proxy.testing.RecordingUpstream;
import io.evenkeel.proxy.testing.Step;
import io.evenkeel.proxy.testing.TestConfig;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How the router leaves: readiness off, what is in flight is finished, connections are told to close (RFC 9112 §9.6). */
@Timeout(60)
final class ShutdownTest {

    private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

    @Test
    void exchangeInFlightIsFinishedAndToldToClose() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        try (RecordingUpstream upstream = RecordingUpstream.start();
                Router router = Router.start(TestConfig.plain(upstream.address()));
                RawClient client = RawClient.connect(router.address("web"))) {
            InetSocketAddress listener = router.address("web");
            upstream.next(Step.readRequest().then(Step.await(gate)).then(Step.send(Step.OK)));
            client.send(GET);
            await().until(() -> !upstream.requests().isEmpty());
            Thread shutdown = new Thread(router::shutdown);
            shutdown.start();
            await().untilAsserted(() ->
                    assertThatThrownBy(() -> RawClient.connect(listener)).isInstanceOf(IOException.class));
            gate.countDown();
            RawResponse response = client.read();
            assertThat(response.body().text()).isEqualTo("ok");
            assertThat(response.fields().lists("Connection", "close")).isTrue();
            assertThat(client.peerCloses()).isTrue();
            shutdown.join();
        }
    }

    @Test
    void idleConnectionsAreClosedAndShutdownReturns() throws IOException {
        try (RecordingUpstream upstream = RecordingUpstream.start();
                Router router = Router.start(TestConfig.plain(upstream.address()));
                RawClient client = RawClient.connect(router.address("web"))) {
            assertThat(client.exchange(GET).status()).isEqualTo(200);
            router.shutdown();
            assertThat(client.peerCloses()).isTrue();
        }
    }

    @Test
    void requestsAreServedWithCloseAndReadinessIsOffWhileTheGraceLasts() throws Exception {
        try (RecordingUpstream upstream = RecordingUpstream.start()) {
            Router router = Router.start(graceful(upstream.address()));
            Thread shutdown = new Thread(router::shutdown);
            try (router) {
                shutdown.start();
                await().untilAsserted(() ->
                        assertThat(status(router.adminAddress(), "/readyz")).isEqualTo(503));
                assertThat(status(router.adminAddress(), "/healthz")).isEqualTo(200);
                assertServedWithClose(router.address("web"));
            }
            shutdown.join();
        }
    }

    @Test
    void exchangeThatOutlivesTheDeadlineIsCutOff() throws IOException {
        try (RecordingUpstream upstream = RecordingUpstream.start();
                Router router = Router.start(TestConfig.with(
                        TestConfig.plain(upstream.address()), "shutdown.deadline", Duration.ofMillis(200)));
                RawClient client = RawClient.connect(router.address("web"))) {
            upstream.next(Step.readRequest().then(Step.untilClosed()));
            client.send(GET);
            await().until(() -> !upstream.requests().isEmpty());
            router.shutdown();
            assertThat(client.peerCloses() || client.read().status() == 503).isTrue();
        }
    }

    private static void assertServedWithClose(InetSocketAddress listener) throws IOException {
        try (RawClient client = RawClient.connect(listener)) {
            RawResponse response = client.exchange(GET);
            assertThat(response.status()).isEqualTo(200);
            assertThat(response.saysClose()).isTrue();
        }
    }

    private static int status(InetSocketAddress admin, String path) throws IOException {
        try (RawClient client = RawClient.connect(admin)) {
            return client.exchange("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                    .status();
        }
    }

    private static RouterConfig graceful(InetSocketAddress endpoint) {
        return TestConfig.with(TestConfig.plain(endpoint), "shutdown.grace", Duration.ofSeconds(4));
    }
}
