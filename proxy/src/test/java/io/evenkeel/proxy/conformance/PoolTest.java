package io.evenkeel.proxy.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.evenkeel.config.RouterConfig;
import io.evenkeel.proxy.testing.RawClient;
import io.evenkeel.proxy.testing.RawResponse;
import io.evenkeel.proxy.testing.RouterFixture;
import io.evenkeel.proxy.testing.Step;
import io.evenkeel.proxy.testing.TestConfig;
import io.evenkeel.proxy.testing.UpstreamConnection;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Upstream connections: reused, limited, and given up in time (RFC 9112 §9.3). */
final class PoolTest {

    private static final Duration SHORT = Duration.ofMillis(150);
    private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

    @Test
    void clientsThatTakeTurnsShareOneConnection() throws IOException {
        try (RouterFixture router = RouterFixture.plain()) {
            for (int i = 0; i < 10; i++) {
                try (RawClient client = router.client()) {
                    assertThat(client.exchange(GET).status()).isEqualTo(200);
                }
            }
            assertThat(router.upstream().connections()).hasSize(1);
        }
    }

    @Test
    void idleConnectionIsGivenUpInTime() throws IOException {
        try (RouterFixture router = RouterFixture.plainWith("upstreams.0.pool.idleTimeout", SHORT)) {
            try (RawClient client = router.client()) {
                client.exchange(GET);
            }
            await().until(() -> router.upstream().connections().stream().allMatch(UpstreamConnection::closedByRouter));
            assertThat(router.metrics().sum("evenkeel_connections", "side=\"upstream\""))
                    .isZero();
        }
    }

    @Test
    void connectionBeyondItsAgeIsNotUsedAgain() throws IOException {
        try (RouterFixture router = RouterFixture.plainWith("upstreams.0.pool.maxAge", Duration.ofMillis(1));
                RawClient client = router.client()) {
            client.exchange(GET);
            await().until(() -> {
                client.exchange(GET);
                return router.upstream().connections().size() > 1;
            });
            assertThat(client.exchange(GET).status()).isEqualTo(200);
        }
    }

    @Test
    void exchangeWaitsForAConnectionWhenAllAreInUse() throws IOException {
        CountDownLatch gate = new CountDownLatch(1);
        try (RouterFixture router = RouterFixture.plainWith("upstreams.0.pool.maxConnections", 1);
                RawClient first = router.client();
                RawClient second = router.client()) {
            occupy(router, first, gate);
            second.send(GET);
            gate.countDown();
            assertThat(first.read().status()).isEqualTo(200);
            assertThat(second.read().status()).isEqualTo(200);
            assertThat(router.upstream().connections()).hasSize(1);
        }
    }

    @Test
    void exchangeThatWaitsTooLongIsUnavailable() throws IOException {
        CountDownLatch gate = new CountDownLatch(1);
        try (RouterFixture router = RouterFixture.start(
                        endpoint -> TestConfig.with(single(endpoint), "upstreams.0.timeouts.pending", SHORT));
                RawClient first = router.client();
                RawClient second = router.client()) {
            occupy(router, first, gate);
            assertUnavailable(second);
            gate.countDown();
            assertThat(first.read().status()).isEqualTo(200);
        }
    }

    @Test
    void exchangeThatFindsTheQueueFullIsUnavailableAtOnce() throws IOException {
        CountDownLatch gate = new CountDownLatch(1);
        try (RouterFixture router = RouterFixture.start(
                        endpoint -> TestConfig.with(single(endpoint), "upstreams.0.pool.maxPending", 0));
                RawClient first = router.client();
                RawClient second = router.client()) {
            occupy(router, first, gate);
            assertUnavailable(second);
            gate.countDown();
            assertThat(first.read().status()).isEqualTo(200);
        }
    }

    @Test
    void clientThatLeavesTheQueueLeavesItsPlace() throws IOException {
        CountDownLatch gate = new CountDownLatch(1);
        try (RouterFixture router = RouterFixture.start(
                        endpoint -> TestConfig.with(single(endpoint), "upstreams.0.pool.maxPending", 1));
                RawClient first = router.client()) {
            occupy(router, first, gate);
            try (RawClient second = router.client()) {
                second.send(GET);
                await().until(() -> router.metrics().sum("evenkeel_connections", "side=\"downstream\"") == 2);
            }
            await().until(() -> router.metrics().sum("evenkeel_connections", "side=\"downstream\"") == 1);
            try (RawClient third = router.client()) {
                third.send(GET);
                gate.countDown();
                assertThat(first.read().status()).isEqualTo(200);
                assertThat(third.read().status()).isEqualTo(200);
            }
        }
    }

    private static RouterConfig single(InetSocketAddress endpoint) {
        return TestConfig.with(TestConfig.plain(endpoint), "upstreams.0.pool.maxConnections", 1);
    }

    private static void occupy(RouterFixture router, RawClient client, CountDownLatch gate) throws IOException {
        router.upstream().next(Step.readRequest().then(Step.await(gate)).then(Step.send(Step.OK)));
        client.send(GET);
        await().until(() -> !router.upstream().requests().isEmpty());
    }

    private static void assertUnavailable(RawClient client) throws IOException {
        RawResponse response = client.exchange(GET);
        assertThat(response.status()).as("%s", response).isEqualTo(503);
        assertThat(response.fields().has("Retry-After")).isTrue();
        Refusal.assertShort(response);
    }
}
