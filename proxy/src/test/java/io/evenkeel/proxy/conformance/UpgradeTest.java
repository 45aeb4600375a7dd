package io.evenkeel.proxy.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.evenkeel.proxy.testing.RawClient;
import io.evenkeel.proxy.testing.RawResponse;
import io.evenkeel.proxy.testing.RecordEdit;
import io.evenkeel.proxy.testing.RecordedRequest;
import io.evenkeel.proxy.testing.RouterFixture;
import io.evenkeel.proxy.testing.Step;
import io.evenkeel.proxy.testing.TestConfig;
import io.evenkeel.proxy.testing.Wire;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How a connection is turned into something else, and what is not (RFC 9110 §7.8, RFC 6455 §4). */
@Timeout(120)
final class UpgradeTest {

    private static final String HANDSHAKE =
            """
            GET /live HTTP/1.1\r
            Host: a\r
            Upgrade: websocket\r
            Connection: keep-alive, Upgrade\r
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
            Sec-WebSocket-Version: 13\r
            Sec-WebSocket-Protocol: chat\r
            \r
            """;

    private static final String SWITCHED =
            """
            HTTP/1.1 101 Switching Protocols\r
            Upgrade: websocket\r
            Connection: Upgrade\r
            Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r
            \r
            """;

    @RegisterExtension
    static final RouterFixture ROUTER = RouterFixture.start(address -> TestConfig.with(
            TestConfig.with(
                    TestConfig.plain(address),
                    "routes",
                    List.of(
                            RecordEdit.with(TestConfig.route("none", "/none", "endpoints"), "upgrades", List.of()),
                            RecordEdit.with(
                                    TestConfig.route("all", "/", "endpoints"),
                                    "upgrades",
                                    List.of("websocket", "acme")))),
            "listeners.0.limits.maxPipelinedBytes",
            8192));

    @Test
    void theHandshakePassesAndThenBytesDoBothWays() throws IOException {
        ROUTER.upstream().next(Step.answer(SWITCHED).then(Step.echo()));
        try (RawClient client = ROUTER.client()) {
            client.send(HANDSHAKE);
            String head = client.readHead();
            assertThat(head).startsWith("HTTP/1.1 101 ").contains("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
            assertThat(head).containsIgnoringCase("upgrade: websocket").containsIgnoringCase("connection: upgrade");
            client.send("bytes");
            assertThat(client.take(5)).isEqualTo(Wire.octets("bytes"));
            client.halfClose();
            assertThat(client.peerCloses()).isTrue();
        }
        RecordedRequest request = Verdict.onlyRequest(ROUTER);
        assertThat(request.fields().joined("Upgrade")).isEqualTo("websocket");
        assertThat(request.fields().joined("Connection")).isEqualToIgnoringCase("upgrade");
        assertThat(request.fields().joined("Sec-WebSocket-Key")).isEqualTo("dGhlIHNhbXBsZSBub25jZQ==");
        assertThat(request.fields().joined("Sec-WebSocket-Protocol")).isEqualTo("chat");
    }

    @Test
    void itIsRecordedOnceAtItsEndAndCountsAsInFlightUntilThen() throws IOException {
        double before = ROUTER.metrics().sum("evenkeel_requests_total", "code=\"101\"");
        ROUTER.upstream().next(Step.answer(SWITCHED).then(Step.echo()));
        try (RawClient client = ROUTER.client()) {
            client.send(HANDSHAKE);
            client.readHead();
            assertThat(ROUTER.metrics().sum("evenkeel_inflight")).isEqualTo(1);
            assertThat(ROUTER.metrics().sum("evenkeel_requests_total", "code=\"101\""))
                    .isEqualTo(before);
        }
        await().until(() -> ROUTER.metrics().sum("evenkeel_requests_total", "code=\"101\"") == before + 1);
    }

    @Test
    void anotherProtocolThatTheRouteAllowsIsATunnelToo() throws IOException {
        ROUTER.upstream().next(Step.switchTo("ACME").then(Step.echo()));
        try (RawClient client = ROUTER.client()) {
            client.send("OPTIONS / HTTP/1.1\r\nHost: a\r\nConnection: upgrade\r\nUpgrade: Acme, x\r\n\r\n");
            assertThat(client.readHead()).startsWith("HTTP/1.1 101 ");
            client.send("GET /smuggled HTTP/1.1\r\n\r\n");
            assertThat(Wire.text(client.take(26))).isEqualTo("GET /smuggled HTTP/1.1\r\n\r\n");
        }
        assertThat(ROUTER.upstream().requests()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2c", "TLS/1.3, HTTP/2.0", "websocket/13", "acme/1"})
    void otherOffersAreIgnoredAndTheRequestIsServed(String offered) throws IOException {
        try (RawClient client = ROUTER.client()) {
            String fields =
                    "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: " + offered + "\r\nHTTP2-Settings: AAMAAABk";
            assertThat(client.exchange("GET / HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n\r\n")
                            .status())
                    .isEqualTo(200);
            assertThat(client.exchange(Verdict.CANARY).status()).isEqualTo(200);
        }
        RecordedRequest request = ROUTER.upstream().requests().get(0);
        assertThat(request.fields().has("Upgrade")).isFalse();
        assertThat(request.fields().has("Connection")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "501, GET /none, ''",
        "400, POST /, ''",
        "400, HEAD /, ''",
        "400, GET /, 'Content-Length: 3'",
        "400, GET /, 'Transfer-Encoding: chunked'"
    })
    void whatCannotBecomeAWebSocketIsRefusedAndNothingReachesAnEndpoint(int status, String line, String field)
            throws IOException {
        String extra = field.isEmpty() ? "" : field + "\r\n";
        try (RawClient client = ROUTER.client()) {
            client.send(
                    line + " HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n" + extra + "\r\n");
            assertThat(client.read(line.substring(0, 4).trim()).status()).isEqualTo(status);
        }
        assertThat(ROUTER.upstream().requests()).isEmpty();
    }

    /** What the client sends behind its head is the next request, whatever it looks like. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 426 Upgrade Required\r\nSec-WebSocket-Version: 13\r\nContent-Length: 2\r\n\r\nno",
                "HTTP/1.1 200 OK\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nContent-Length: 2\r\n\r\nno"
            })
    void anyOtherAnswerIsAnAnswer(String answer) throws IOException {
        ROUTER.upstream().next(Step.answer(answer));
        try (RawClient client = ROUTER.client()) {
            client.send(HANDSHAKE + Verdict.CANARY);
            RawResponse refused = client.read();
            assertThat(refused.body().text()).isEqualTo("no");
            assertThat(refused.fields().has("Upgrade")).isFalse();
            assertThat(client.read().status()).isEqualTo(200);
        }
        assertThat(ROUTER.upstream().requests()).hasSize(2);
        assertThat(ROUTER.upstream().connections()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Connection: Upgrade\r\nUpgrade: acme",
                "Connection: Upgrade\r\nUpgrade: websocket, acme",
                "Connection: Upgrade\r\nUpgrade: websocket\r\nUpgrade: websocket",
                "Connection: Upgrade",
                "Upgrade: websocket",
                "X: y"
            })
    void aSwitchToAnythingElseIsABadGatewayAndNothingMorePasses(String fields) throws IOException {
        ROUTER.upstream()
                .next(Step.answer("HTTP/1.1 101 Switching Protocols\r\n" + fields + "\r\n\r\nHTTP/1.1 200 OK\r\n\r\n")
                        .then(Step.untilClosed()));
        try (RawClient client = ROUTER.client()) {
            client.send(HANDSHAKE + Verdict.CANARY);
            assertThat(client.read().status()).isEqualTo(502);
            assertThat(client.read().status()).isEqualTo(200);
        }
        assertThat(ROUTER.upstream().requests()).hasSize(2);
        assertThat(ROUTER.upstream().connections())
                .noneMatch(connection -> Wire.text(connection.received()).matches("(?s).*GET /live.*canary.*"));
    }

    @Test
    void bytesBehindThe101InTheSameSegmentAreTheTunnels() throws IOException {
        ROUTER.upstream().next(Step.answer(SWITCHED + "HTTP/1.1 200 OK\r\n\r\n").then(Step.echo()));
        try (RawClient client = ROUTER.client()) {
            client.send(HANDSHAKE);
            client.readHead();
            assertThat(Wire.text(client.take(19))).isEqualTo("HTTP/1.1 200 OK\r\n\r\n");
        }
    }

    /** More than the router keeps, so that the rest waits with the client. */
    @Test
    void whatTheClientSendsBeforeThe101WaitsForIt() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        ROUTER.upstream()
                .next(Step.readRequest()
                        .then(Step.await(gate))
                        .then(Step.send(SWITCHED))
                        .then(Step.echo()));
        byte[] early = Wire.pattern(1 << 20);
        try (RawClient client = ROUTER.client()) {
            Thread writer = new Thread(() -> send(client, HANDSHAKE, early));
            writer.start();
            await().until(() -> !ROUTER.upstream().requests().isEmpty());
            assertThat(ROUTER.upstream().hasUnread()).isFalse();
            gate.countDown();
            client.readHead();
            assertThat(client.take(early.length)).isEqualTo(early);
            writer.join();
        }
    }

    private static void send(RawClient client, String head, byte[] behind) {
        try {
            client.send(head).send(behind);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void everySplitOfTheHandshakeIsTheSame() throws IOException {
        for (int cut = 1; cut < HANDSHAKE.length(); cut++) {
            ROUTER.upstream().next(Step.answer(SWITCHED).then(Step.echo()));
            try (RawClient client = ROUTER.client()) {
                client.sendApart(HANDSHAKE + "hello", cut);
                assertThat(client.readHead()).as("cut at %d", cut).startsWith("HTTP/1.1 101 ");
                assertThat(Wire.text(client.take(5))).isEqualTo("hello");
            }
        }
    }

    @Test
    void everySplitOfThe101IsTheSame() throws IOException {
        String answer = SWITCHED + "welcome";
        for (int cut = 1; cut < answer.length(); cut++) {
            ROUTER.upstream()
                    .next(Step.readRequest().then(Step.sendApart(answer, cut)).then(Step.echo()));
            try (RawClient client = ROUTER.client()) {
                client.send(HANDSHAKE);
                assertThat(client.readHead()).as("cut at %d", cut).startsWith("HTTP/1.1 101 ");
                assertThat(Wire.text(client.take(7))).isEqualTo("welcome");
            }
        }
    }

    /** The client cannot have spoken to another one yet. */
    @Test
    void anEndpointThatIsNotThereIsFollowedByAnother() throws IOException {
        ROUTER.upstream()
                .next(
                        Step.readRequest().then(Step.close()),
                        Step.answer(SWITCHED).then(Step.echo()));
        try (RawClient client = ROUTER.client()) {
            client.send(HANDSHAKE + "x");
            assertThat(client.readHead()).startsWith("HTTP/1.1 101 ");
            assertThat(Wire.text(client.take(1))).isEqualTo("x");
        }
    }
}
