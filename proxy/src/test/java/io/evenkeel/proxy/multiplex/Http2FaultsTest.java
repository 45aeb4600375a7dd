package io.evenkeel.proxy.multiplex;

import static io.evenkeel.proxy.multiplex.FramePeer.DATA;
import static io.evenkeel.proxy.multiplex.FramePeer.GOAWAY;
import static io.evenkeel.proxy.multiplex.FramePeer.HEADERS;
import static io.evenkeel.proxy.multiplex.FramePeer.PING;
import static io.evenkeel.proxy.multiplex.FramePeer.PUSH_PROMISE;
import static io.evenkeel.proxy.multiplex.FramePeer.RST_STREAM;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.proxy.multiplex.FramePeer.Frame;
import io.evenkeel.proxy.testing.RawClient;
import io.evenkeel.proxy.testing.RawResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** HTTP/2 endpoints that give up, lie and flood. */
@Timeout(60)
class Http2FaultsTest extends Http2UpstreamFixture {

    private static final String POST = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello";
    private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

    private static final int PROTOCOL_ERROR = 1;
    private static final int INTERNAL_ERROR = 2;
    private static final int REFUSED_STREAM = 7;
    private static final int ENHANCE_YOUR_CALM = 11;

    /** RFC 9113 §8.7: whatever the method, because the endpoint has not looked at it. */
    @Test
    void aRefusedStreamIsTriedAgainWithItsBody() throws IOException {
        try (RawClient client = client()) {
            client.send(POST);
            FramePeer peer = endpoint.settled();
            peer.reset(peer.request(), REFUSED_STREAM);
            Frame head = peer.await(HEADERS);
            Frame body = peer.await(DATA);
            peer.fields(head);
            peer.answer(head.stream(), "ok");

            assertThat(client.read().status()).isEqualTo(200);
            assertThat(body.text()).isEqualTo("hello");
            assertThat(body.ends()).isTrue();
        }
    }

    @Test
    void anEndpointThatRefusesEverythingIsNotAskedForEver() throws IOException {
        try (RawClient client = client()) {
            client.send(POST);
            FramePeer peer = endpoint.settled();
            peer.reset(peer.request(), REFUSED_STREAM);
            peer.reset(peer.request(), REFUSED_STREAM);

            assertThat(client.read().status()).isEqualTo(502);
            assertThat(metric("evenkeel_failures_total", "reason=\"stream_refused\""))
                    .isEqualTo(1);
        }
    }

    /** RFC 9113 §6.8. */
    @Test
    void goAwayCostsNoRequest() throws IOException {
        try (RawClient below = client();
                RawClient above = client()) {
            below.send(GET);
            FramePeer peer = endpoint.settled();
            int processed = peer.request();
            above.send(POST);
            peer.request();
            peer.goAway(processed, 0);
            FramePeer other = endpoint.settled();
            other.answer(other.request(), "again");
            peer.answer(processed, "first");

            assertThat(above.read().toString()).contains("again");
            assertThat(below.read().toString()).contains("first");
            assertThat(peer.ends()).isTrue();
        }
    }

    /** The endpoint says first that it is about to go, and later which requests it still took. */
    @Test
    void aGracefulGoAwayLetsEverythingFinishAndTakesNoMore() throws IOException {
        try (RawClient before = client();
                RawClient after = client()) {
            before.send(POST);
            FramePeer peer = endpoint.settled();
            int stream = peer.request();
            peer.goAway(Integer.MAX_VALUE, 0).send(PING, 0, 0, new byte[8]);
            peer.await(PING);
            after.send(POST);
            FramePeer other = endpoint.settled();
            other.answer(other.request(), "other");
            assertThat(after.read().toString()).contains("other");
            peer.goAway(stream, 0).answer(stream, "first");
            assertThat(before.read().toString()).contains("first");
        }
    }

    @Test
    void aPostThatWasResetIsNotRepeated() throws IOException {
        try (RawClient client = client()) {
            client.send(POST);
            FramePeer peer = endpoint.settled();
            peer.reset(peer.request(), INTERNAL_ERROR);

            assertThat(client.read().status()).isEqualTo(502);
            assertThat(metric("evenkeel_retries_total")).isZero();
        }
    }

    @Test
    void aGetThatWasResetIsRepeated() throws IOException {
        try (RawClient client = client()) {
            client.send(GET);
            FramePeer peer = endpoint.settled();
            peer.reset(peer.request(), INTERNAL_ERROR);
            peer.answer(peer.request(), "ok");

            assertThat(client.read().status()).isEqualTo(200);
        }
    }

    @Test
    void aResponseThatIsResetIsCutOff() throws IOException {
        try (RawClient client = client()) {
            client.send(POST);
            FramePeer peer = endpoint.settled();
            int stream = peer.request();
            peer.headers(stream, false, ":status", "200", "content-length", "10")
                    .data(stream, false, "hello");
            client.readHead();
            peer.reset(stream, INTERNAL_ERROR);

            assertThat(client.peerResets() || client.peerCloses()).isTrue();
            awaitMetric("evenkeel_failures_total", 1, "reason=\"response_truncated\"");
        }
    }

    @Test
    void aConnectionThatEndsTakesItsExchangesAlong() throws IOException {
        try (RawClient client = client()) {
            client.send(POST);
            FramePeer peer = endpoint.settled();
            peer.request();
            peer.close();

            assertThat(client.read().status()).isEqualTo(502);
            assertThat(metric("evenkeel_failures_total", "reason=\"upstream_reset\""))
                    .isEqualTo(1);
        }
    }

    static List<List<String>> malformedHeads() {
        return List.of(
                List.of("server", "x"),
                List.of(":status", "200", ":status", "200"),
                List.of("server", "x", ":status", "200"),
                List.of(":status", "20"),
                List.of(":status", "2x0"),
                List.of(":status", "099"),
                List.of(":status", "600"),
                List.of(":status", "101"),
                List.of(":status", ""),
                List.of(":status", "200", ":path", "/"),
                List.of(":status", "200", ":odd", "x"),
                List.of(":status", "200", "Server", "x"),
                List.of(":status", "200", "", "x"),
                List.of(":status", "200", "a b", "x"),
                List.of(":status", "200", "a:b", "x"),
                List.of(":status", "200", "a\r\nb", "x"),
                List.of(":status", "200", "a", "x\r\nset-cookie: y"),
                List.of(":status", "200", "a", "x\ny"),
                List.of(":status", "200", "a", "x\0y"),
                List.of(":status", "200", "a", " x"),
                List.of(":status", "200", "connection", "close"),
                List.of(":status", "200", "keep-alive", "x"),
                List.of(":status", "200", "proxy-connection", "close"),
                List.of(":status", "200", "transfer-encoding", "chunked"),
                List.of(":status", "200", "upgrade", "websocket"),
                List.of(":status", "200", "content-length", "x"),
                List.of(":status", "200", "content-length", "-1"),
                List.of(":status", "200", "content-length", "1", "content-length", "1"),
                List.of(":status", "200", "content-length", "1, 1"));
    }

    /** RFC 9113 §8.1.1, §8.2, §8.3.2: the stream is reset, and the connection goes on. */
    @ParameterizedTest
    @MethodSource("malformedHeads")
    void aMalformedHeadIsAnswered502AndPassedToNobody(List<String> fields) throws IOException {
        try (RawClient client = client()) {
            client.send(GET);
            FramePeer peer = endpoint.settled();
            int stream = peer.request();
            peer.headers(stream, false, fields.toArray(String[]::new));
            Frame reset = peer.await(RST_STREAM);
            RawResponse response = client.read();
            client.send(GET);
            peer.answer(peer.request(), "well");

            assertThat(reset.stream()).isEqualTo(stream);
            assertThat(reset.number(0)).isEqualTo(PROTOCOL_ERROR);
            assertThat(response.status()).isEqualTo(502);
            assertThat(client.read().toString()).contains("well");
        }
    }

    /** What comes behind a head that was passed on: the client is cut off, and never given more than was promised. */
    interface Lie {
        void tell(FramePeer peer, int stream) throws IOException;
    }

    static List<Lie> lies() {
        return List.of(
                (peer, stream) -> peer.data(stream, true, "0123456789ab"),
                (peer, stream) -> peer.data(stream, true, "01234"),
                (peer, stream) -> peer.headers(stream, true, "x-early", "1"),
                (peer, stream) -> peer.data(stream, false, "0123456789").headers(stream, false, "x-endless", "1"),
                (peer, stream) -> peer.data(stream, false, "0123456789").headers(stream, true, ":status", "200"),
                (peer, stream) -> peer.data(stream, false, "0123456789").headers(stream, true, "content-length", "3"),
                (peer, stream) -> peer.headers(stream, false, ":status", "200").data(stream, false, "0123456789ab"));
    }

    @ParameterizedTest
    @MethodSource("lies")
    void aResponseThatBreaksItsWordIsCutOff(Lie lie) throws IOException {
        try (RawClient client = client()) {
            client.send(GET);
            FramePeer peer = endpoint.settled();
            int stream = peer.request();
            peer.headers(stream, false, ":status", "200", "content-length", "10");
            client.readHead();
            lie.tell(peer, stream);

            awaitMetric("evenkeel_failures_total", 1, "reason=\"malformed_response\"");
            assertThat(peer.await(RST_STREAM).stream()).isEqualTo(stream);
            assertThat(client.peerResets() || client.peerCloses()).isTrue();
        }
    }

    @Test
    void aBodyWithoutAHeadIsMalformed() throws IOException {
        try (RawClient client = client()) {
            client.send(GET);
            FramePeer peer = endpoint.settled();
            peer.data(peer.request(), true, "hello");

            assertThat(client.read().status()).isEqualTo(502);
        }
    }

    @Test
    void trailersThatAreNoneAreMalformed() throws IOException {
        try (RawClient client = client()) {
            client.send(GET);
            FramePeer peer = endpoint.settled();
            int stream = peer.request();
            peer.headers(stream, false, ":status", "200").headers(stream, true, "transfer-encoding", "chunked");

            awaitMetric("evenkeel_failures_total", 1, "reason=\"malformed_response\"");
        }
    }

    @Test
    void aHeadLargerThanThePoolTakesIsAnswered502() throws IOException {
        restart("pool.maxHeadBytes", 2048);
        try (RawClient client = client()) {
            client.send(GET);
            FramePeer peer = endpoint.settled();
            peer.headers(peer.request(), true, ":status", "200", "x", "y".repeat(2100));

            assertThat(client.read().status()).isEqualTo(502);
            assertThat(metric("evenkeel_failures_total", "reason=\"response_head_too_large\""))
                    .isEqualTo(1);
        }
    }

    @Test
    void aHeadWithoutEndEndsTheConnection() throws IOException {
        try (RawClient client = client()) {
            client.send(POST);
            FramePeer peer = endpoint.settled();
            int stream = peer.request();
            peer.send(HEADERS, 0, stream, peer.block(":status", "200"));
            for (int i = 0; i < 20; i++) {
                peer.send(9, 0, stream, peer.block("x", "y"));
            }

            assertThat(client.read().status()).isEqualTo(502);
            assertThat(peer.await(GOAWAY).number(4)).isEqualTo(ENHANCE_YOUR_CALM);
        }
    }

    /** RFC 9113 §8.4: pushes were declined. */
    @Test
    void aPushEndsTheConnection() throws IOException {
        try (RawClient client = client()) {
            client.send(POST);
            FramePeer peer = endpoint.settled();
            int stream = peer.request();
            byte[] block = peer.block(":method", "GET", ":scheme", "http", ":authority", "a", ":path", "/");
            byte[] payload = new byte[4 + block.length];
            payload[3] = 2;
            System.arraycopy(block, 0, payload, 4, block.length);
            peer.send(PUSH_PROMISE, FramePeer.END_HEADERS, stream, payload);

            assertThat(client.read().status()).isEqualTo(502);
            assertThat(peer.await(GOAWAY).number(4)).isEqualTo(PROTOCOL_ERROR);
        }
    }

    @Test
    void aFloodOfPingsEndsTheConnection() throws IOException {
        try (RawClient client = client()) {
            client.send(POST);
            FramePeer peer = endpoint.settled();
            peer.request();
            for (int i = 0; i < 600; i++) {
                peer.send(PING, 0, 0, new byte[8]);
            }

            assertThat(client.read().status()).isEqualTo(502);
            assertThat(peer.await(GOAWAY).number(4)).isEqualTo(ENHANCE_YOUR_CALM);
        }
    }

    @Test
    void aFloodOfEmptyDataEndsTheConnection() throws IOException {
        try (RawClient client = client()) {
            client.send(POST);
            FramePeer peer = endpoint.settled();
            int stream = peer.request();
            peer.headers(stream, false, ":status", "200");
            client.readHead();
            for (int i = 0; i < 10; i++) {
                peer.data(stream, false, "");
            }

            assertThat(peer.await(GOAWAY).number(4)).isEqualTo(ENHANCE_YOUR_CALM);
            assertThat(client.peerResets() || client.peerCloses()).isTrue();
        }
    }

    /** CVE-2023-44487, the other way round: clients that come and go must not make the router an attacker. */
    @Test
    void aConnectionOnWhichTooManyStreamsWereResetIsLeft() throws IOException {
        FramePeer peer;
        try (RawClient client = client()) {
            client.send(GET);
            peer = endpoint.settled();
            cutOff(client, peer);
        }
        for (int i = 0; i < 50; i++) {
            peer.await(RST_STREAM);
            try (RawClient client = client()) {
                client.send(GET);
                cutOff(client, peer);
            }
        }
        peer.await(RST_STREAM);
        try (RawClient client = client()) {
            client.send(GET);
            FramePeer other = endpoint.settled();
            other.answer(other.request(), "elsewhere");

            assertThat(client.read().toString()).contains("elsewhere");
            assertThat(peer.ends()).isTrue();
        }
    }

    private static void cutOff(RawClient client, FramePeer peer) throws IOException {
        int stream = peer.request();
        peer.headers(stream, false, ":status", "200").data(stream, false, "x");
        client.readHead();
    }

    @Test
    void anEndpointThatSpeaksHttp1IsAnswered502() throws IOException {
        try (ServerSocket plain = new ServerSocket(0, 8, endpoint.address().getAddress());
                RawClient client = clientOf(plain)) {
            client.send(POST);
            try (Socket accepted = plain.accept()) {
                OutputStream out = accepted.getOutputStream();
                out.write("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

                assertThat(client.read().status()).isEqualTo(502);
            }
        }
    }

    private RawClient clientOf(ServerSocket plain) throws IOException {
        restartAt((InetSocketAddress) plain.getLocalSocketAddress());
        return client();
    }
}
