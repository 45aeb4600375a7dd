package io.evenkeel.proxy.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.evenkeel.config.DrainConfig;
import io.evenkeel.config.RouterConfig;
import io.evenkeel.proxy.Router;
import io.evenkeel.proxy.testing.RawClient;
import io.evenkeel.proxy.testing.RecordingUpstream;
import io.evenkeel.proxy.testing.RouterFixture;
import io.evenkeel.proxy.testing.Step;
import io.evenkeel.proxy.testing.TestConfig;
import io.evenkeel.proxy.testing.Wire;
import io.evenkeel.proxy.testing.WsFrame;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** When a WebSocket ends although neither side wants to, and when it does not: reloads, drains, shutdown (RFC 6455 §7.4.1, 1001). */
@Timeout(60)
final class GoingAwayTest {

    private static final byte[] AWAY = {(byte) 0x88, 2, 0x03, (byte) 0xe9};
    private static final byte[] LONG_FRAME = WsFrame.fromServer(Wire.pattern(100_000));

    private final CountDownLatch gate = new CountDownLatch(1);

    private static RawClient open(RouterFixture router, String protocol) throws IOException {
        return open(router.client(), protocol);
    }

    private static RawClient open(RawClient client, String protocol) throws IOException {
        client.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: " + protocol + "\r\n\r\n");
        assertThat(client.readHead()).startsWith("HTTP/1.1 101 ");
        return client;
    }

    private static Step switched() {
        return Step.switchTo("websocket");
    }

    /** Both sides are told, both answer, and that is the end. */
    private static void assertGoesAway(RecordingUpstream upstream, RawClient client) throws IOException {
        assertThat(client.take(AWAY.length)).isEqualTo(AWAY);
        client.send(WsFrame.closeFromClient(1001));
        assertThat(client.peerCloses()).isTrue();
        byte[] received = upstream.connections().get(0).received();
        assertThat(WsFrame.statusOfMaskedClose(Arrays.copyOfRange(received, received.length - 8, received.length)))
                .isEqualTo(1001);
    }

    @Test
    void shutdownTellsBothSidesAndDoesNotWaitForItsDeadline() throws Exception {
        try (RecordingUpstream upstream = RecordingUpstream.start();
                Router router = Router.start(TestConfig.with(
                        TestConfig.plain(upstream.address()), "shutdown.deadline", Duration.ofMinutes(10)));
                RawClient client = RawClient.connect(router.address("web"))) {
            upstream.next(switched().then(Step.echo()));
            open(client, "websocket");
            Thread shutdown = new Thread(router::shutdown);
            shutdown.start();
            assertGoesAway(upstream, client);
            shutdown.join();
        }
    }

    @Test
    void theEndOfADrainTellsBothSides() throws IOException {
        try (RouterFixture router = drained(Duration.ofMillis(100))) {
            router.upstream().next(switched().then(Step.echo()));
            try (RawClient client = open(router, "websocket")) {
                drain(router);
                assertGoesAway(router.upstream(), client);
            }
            await().until(() -> failures(router, "drained") == 1);
        }
    }

    @Test
    void aLongFrameIsSentToItsEndFirst() throws IOException {
        try (RouterFixture router = drained(Duration.ofMillis(100))) {
            int half = LONG_FRAME.length / 2;
            router.upstream()
                    .next(switched()
                            .then(Step.send(Arrays.copyOf(LONG_FRAME, half)))
                            .then(Step.await(gate))
                            .then(Step.send(Arrays.copyOfRange(LONG_FRAME, half, LONG_FRAME.length)))
                            .then(Step.send(LONG_FRAME))
                            .then(Step.send(WsFrame.closeFromServer(1000)))
                            .then(Step.untilClosed()));
            try (RawClient client = open(router, "websocket")) {
                assertThat(client.take(half)).isEqualTo(Arrays.copyOf(LONG_FRAME, half));
                drain(router);
                await().until(router.upstream()::hasUnread);
                gate.countDown();
                assertThat(client.take(LONG_FRAME.length - half))
                        .isEqualTo(Arrays.copyOfRange(LONG_FRAME, half, LONG_FRAME.length));
                assertGoesAway(router.upstream(), client);
            }
        }
    }

    /** Its framing is nobody's business. */
    @Test
    void anotherProtocolIsJustEnded() throws IOException {
        try (RouterFixture router = RouterFixture.start(address ->
                TestConfig.with(with(address, Duration.ofMillis(100)), "routes.0.upgrades", List.of("acme")))) {
            router.upstream().next(Step.switchTo("acme").then(Step.untilClosed()));
            try (RawClient client = open(router, "acme")) {
                drain(router);
                assertThat(client.peerCloses()).isTrue();
            }
            assertThat(failures(router, "drained")).isEqualTo(1);
        }
    }

    @Test
    void nobodyWaitsForAPeerThatDoesNotAnswer() throws IOException {
        try (RouterFixture router = drained(Duration.ofMillis(100))) {
            router.upstream().next(switched().then(Step.untilClosed()));
            try (RawClient client = open(router, "websocket")) {
                drain(router);
                assertThat(client.take(AWAY.length)).isEqualTo(AWAY);
                assertThat(client.peerCloses()).isTrue();
            }
        }
    }

    @Test
    void reloadsOfAnythingElseLeaveItAlone() throws IOException {
        try (RouterFixture router = RouterFixture.plain()) {
            router.upstream().next(switched().then(Step.echo()));
            try (RawClient client = open(router, "websocket")) {
                RouterConfig before = router.router().config();
                for (RouterConfig next : reloads(before, router.upstream().address())) {
                    router.router().apply(next);
                    byte[] frame = WsFrame.fromClient(Wire.octets("still here"));
                    client.send(frame);
                    assertThat(client.take(frame.length)).isEqualTo(frame);
                }
                assertThat(router.metrics().sum("evenkeel_inflight")).isEqualTo(1);
            }
        }
    }

    private static List<RouterConfig> reloads(RouterConfig before, InetSocketAddress endpoint) {
        RouterConfig routes = TestConfig.with(
                before,
                "routes",
                List.of(
                        TestConfig.route("new", "/new", "endpoints"),
                        before.routes().get(0)));
        RouterConfig knob = TestConfig.with(routes, "routes.1.maxBodyBytes", java.util.OptionalLong.of(7));
        RouterConfig upstreams = TestConfig.with(
                knob, "upstreams", List.of(before.upstreams().get(0), TestConfig.upstream("other", endpoint)));
        RouterConfig timeouts = TestConfig.with(upstreams, "upstreams.0.timeouts.idle", Duration.ofSeconds(1));
        RouterConfig listener = TestConfig.with(timeouts, "listeners.0.limits.maxTargetBytes", 1024);
        return List.of(routes, knob, upstreams, timeouts, listener, before);
    }

    private static RouterFixture drained(Duration deadline) {
        return RouterFixture.start(address -> with(address, deadline));
    }

    private static RouterConfig with(InetSocketAddress endpoint, Duration deadline) {
        return TestConfig.with(
                TestConfig.plain(endpoint), "upstreams.0.drain", new DrainConfig(deadline, Duration.ZERO, "drain"));
    }

    private static void drain(RouterFixture router) throws IOException {
        try (RawClient admin = RawClient.connect(router.router().adminAddress())) {
            String query = "?endpoint=127.0.0.1:" + router.upstream().address().getPort();
            String order = "POST /drain" + query + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n";
            assertThat(admin.exchange(order).status()).isEqualTo(200);
        }
    }

    private static double failures(RouterFixture router, String reason) {
        return router.metrics().sum("evenkeel_failures_total", "reason=\"" + reason + "\"");
    }
}
