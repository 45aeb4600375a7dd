package io.evenkeel.proxy.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.evenkeel.proxy.testing.RawClient;
import io.evenkeel.proxy.testing.RecordedRequest;
import io.evenkeel.proxy.testing.RouterFixture;
import io.evenkeel.proxy.testing.Step;
import io.evenkeel.proxy.testing.Wire;
import io.evenkeel.proxy.testing.WsFrame;
import java.io.IOException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A WebSocket on one stream of an HTTP/2 connection (RFC 8441), towards an endpoint that speaks HTTP/1.1. */
@Timeout(120)
final class WebSocketOverHttp2Test {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int RST_STREAM = 3;
    private static final int SETTINGS = 4;
    private static final int WINDOW_UPDATE = 8;
    private static final int END_STREAM = 1;
    private static final int END_HEADERS = 4;
    private static final int CANCEL = 8;
    /** {@code :status: 200} of the static table, indexed (RFC 7541 appendix A). */
    private static final byte OK = (byte) 0x88;

    @RegisterExtension
    static final RouterFixture ROUTER = RouterFixture.plain();

    private static final class Frame {

        private final int type;
        private final int flags;
        private final byte[] payload;

        Frame(int type, int flags, byte[] payload) {
            this.type = type;
            this.flags = flags;
            this.payload = payload;
        }

        int type() {
            return type;
        }

        byte[] payload() {
            return payload;
        }

        boolean ends() {
            return (flags & END_STREAM) != 0;
        }
    }

    private static RawClient connect() throws IOException {
        return ROUTER.client().send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n").send(frame(SETTINGS, 0, 0));
    }

    private static byte[] frame(int type, int flags, int stream, byte... payload) {
        return ByteBuffer.allocate(9 + payload.length)
                .put((byte) (payload.length >> 16))
                .putShort((short) payload.length)
                .put((byte) type)
                .put((byte) flags)
                .putInt(stream)
                .put(payload)
                .array();
    }

    private static byte[] section(String... lines) {
        ByteBuffer out = ByteBuffer.allocate(1024);
        for (String line : lines) {
            int colon = line.indexOf(": ", 1);
            String name = line.substring(0, colon);
            String value = line.substring(colon + 2);
            out.put((byte) 0).put((byte) name.length()).put(Wire.octets(name));
            out.put((byte) value.length()).put(Wire.octets(value));
        }
        return Arrays.copyOf(out.array(), out.position());
    }

    private static RawClient open(RawClient client, String method, String protocol) throws IOException {
        return client.send(frame(
                HEADERS,
                END_HEADERS,
                1,
                section(
                        ":method: " + method,
                        ":protocol: " + protocol,
                        ":scheme: http",
                        ":path: /live",
                        ":authority: a",
                        "sec-websocket-version: 13")));
    }

    /** The next frame of the stream of all tests. */
    private static Frame next(RawClient client) throws IOException {
        while (true) {
            ByteBuffer head = ByteBuffer.wrap(client.take(9));
            int length = head.getInt() >>> 8;
            Frame frame = new Frame(head.get(3), head.get(4), client.take(length));
            if (head.getInt(5) == 1 && frame.type() != WINDOW_UPDATE) {
                return frame;
            }
        }
    }

    private static void assertOpened(RawClient client) throws IOException {
        Frame head = next(client);
        assertThat(head.type()).isEqualTo(HEADERS);
        assertThat(head.payload()[0]).isEqualTo(OK);
        assertThat(head.ends()).isFalse();
    }

    @Test
    void aClientIsToldThatItMayAsk() throws IOException {
        try (RawClient client = connect()) {
            ByteBuffer head = ByteBuffer.wrap(client.take(9));
            assertThat(head.get(3)).isEqualTo((byte) SETTINGS);
            ByteBuffer settings = ByteBuffer.wrap(client.take(head.getInt(0) >>> 8));
            boolean told = false;
            while (settings.hasRemaining()) {
                told |= settings.getShort() == 8 && settings.getInt(settings.position()) == 1;
                settings.getInt();
            }
            assertThat(told).isTrue();
        }
    }

    @Test
    void framesPassBothWaysAndSoDoEnds() throws IOException {
        ROUTER.upstream().next(Step.openWebSocket().then(Step.echo()));
        byte[] message = WsFrame.fromClient(Wire.octets("hello"));
        try (RawClient client = open(connect(), "CONNECT", "websocket")) {
            assertOpened(client);
            client.send(frame(DATA, 0, 1, message));
            assertThat(next(client).payload()).isEqualTo(message);
            client.send(frame(DATA, END_STREAM, 1, message));
            Frame last = next(client);
            assertThat(last.payload()).isEqualTo(message);
            assertThat(last.ends() || next(client).ends()).isTrue();
        }
        RecordedRequest request = Verdict.onlyRequest(ROUTER);
        assertThat(request.line()).isEqualTo("GET /live HTTP/1.1");
        assertThat(request.fields().joined("Upgrade")).isEqualTo("websocket");
        assertThat(request.fields().joined("Connection")).isEqualTo("Upgrade");
    }

    @Test
    void whatTheClientSendsBeforeItIsOpenWaits() throws IOException {
        CountDownLatch gate = new CountDownLatch(1);
        ROUTER.upstream().next(Step.await(gate).then(Step.openWebSocket()).then(Step.echo()));
        byte[] message = WsFrame.fromClient(Wire.octets("early"));
        try (RawClient client = open(connect(), "CONNECT", "websocket")) {
            client.send(frame(DATA, 0, 1, message));
            gate.countDown();
            assertOpened(client);
            assertThat(next(client).payload()).isEqualTo(message);
        }
    }

    /** An endpoint that has not understood what it was asked must not get frames. */
    @Test
    void anEndpointThatDoesNotKnowTheKeyIsABadGateway() throws IOException {
        double before = failures("malformed_response");
        ROUTER.upstream().next(Step.switchTo("websocket").then(Step.untilClosed()));
        try (RawClient client = open(connect(), "CONNECT", "websocket")) {
            assertThat(next(client).payload()[0]).isNotEqualTo(OK);
        }
        assertThat(failures("malformed_response")).isEqualTo(before + 1);
    }

    @ParameterizedTest
    @CsvSource({"acme, upgrade_refused", "h2c, upgrade_refused"})
    void anotherProtocolIsRefused(String protocol, String reason) throws IOException {
        double before = failures(reason);
        try (RawClient client = open(connect(), "CONNECT", protocol)) {
            assertThat(next(client).payload()[0]).isNotEqualTo(OK);
        }
        assertThat(failures(reason)).isEqualTo(before + 1);
        assertThat(ROUTER.upstream().requests()).isEmpty();
    }

    @Test
    void aProtocolWithoutConnectIsMalformed() throws IOException {
        try (RawClient client = open(connect(), "GET", "websocket")) {
            assertThat(next(client).type()).isEqualTo(RST_STREAM);
        }
        assertThat(ROUTER.upstream().requests()).isEmpty();
    }

    @Test
    void aClientThatCancelsIsABreakForTheEndpoint() throws IOException {
        CountDownLatch broken = new CountDownLatch(1);
        ROUTER.upstream().next(Step.openWebSocket().then(connection -> {
            try {
                Step.untilClosed().play(connection);
            } catch (SocketException reset) {
                broken.countDown();
                throw reset;
            }
        }));
        try (RawClient client = open(connect(), "CONNECT", "websocket")) {
            assertOpened(client);
            client.send(frame(RST_STREAM, 0, 1, (byte) 0, (byte) 0, (byte) 0, (byte) CANCEL));
            await().atMost(PATIENCE).until(() -> broken.getCount() == 0);
        }
    }

    @Test
    void anEndpointThatBreaksOffCancelsTheStream() throws IOException {
        CountDownLatch gate = new CountDownLatch(1);
        ROUTER.upstream().next(Step.openWebSocket().then(Step.await(gate)).then(Step.reset()));
        try (RawClient client = open(connect(), "CONNECT", "websocket")) {
            assertOpened(client);
            gate.countDown();
            Frame end = next(client);
            assertThat(end.type()).isEqualTo(RST_STREAM);
            assertThat(end.payload()).endsWith((byte) CANCEL);
        }
    }

    /** The window of a new stream is 65,535 octets (RFC 9113 §6.9.2). */
    @Test
    void aClientThatTakesNothingIsSentNoMoreThanItsWindow() throws IOException {
        ROUTER.upstream()
                .next(Step.openWebSocket().then(Step.sendPattern(1 << 20)).then(Step.untilClosed()));
        try (RawClient client = open(connect(), "CONNECT", "websocket")) {
            assertOpened(client);
            int received = 0;
            while (received < 65_535) {
                received += next(client).payload().length;
            }
            assertThat(received).isEqualTo(65_535);
            byte[] wide = {0, 16, 0, 0};
            client.send(frame(WINDOW_UPDATE, 0, 0, wide)).send(frame(WINDOW_UPDATE, 0, 1, wide));
            while (received < 1 << 20) {
                received += next(client).payload().length;
            }
            assertThat(received).isEqualTo(1 << 20);
        }
    }

    private static double failures(String reason) {
        return ROUTER.metrics().sum("evenkeel_failures_total", "reason=\"" + reason + "\"");
    }
}
