package io.evenkeel.proxy.multiplex;

import static io.evenkeel.proxy.multiplex.FramePeer.DATA;
import static io.evenkeel.proxy.multiplex.FramePeer.HEADERS;
import static io.evenkeel.proxy.multiplex.FramePeer.INITIAL_WINDOW_SIZE;
import static io.evenkeel.proxy.multiplex.FramePeer.MAX_CONCURRENT_STREAMS;
import static io.evenkeel.proxy.multiplex.FramePeer.RST_STREAM;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.proxy.multiplex.FramePeer.Frame;
import io.evenkeel.proxy.testing.RawClient;
import io.evenkeel.proxy.testing.RawResponse;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients of HTTP/1.1 in front of an HTTP/2 endpoint. */
@Timeout(60)
class Http2UpstreamTest extends Http2UpstreamFixture {

    /** RFC 9113 §8.3.1. */
    @Test
    void aHeadBecomesPseudoFieldsAndFields() throws IOException {
        try (RawClient client = client()) {
            client.send("GET /a/b?c=d HTTP/1.1\r\nHost: example.org\r\nX-Thing: One\r\nConnection: keep-alive\r\n\r\n");
            FramePeer peer = endpoint.settled();
            Frame head = peer.await(HEADERS);
            peer.headers(head.stream(), false, ":status", "200", "x-other", "two")
                    .data(head.stream(), true, "hello");
            RawResponse response = client.read();

            assertThat(head.ends()).isTrue();
            assertThat(peer.fields(head))
                    .containsExactlyInAnyOrderEntriesOf(Map.of(
                            ":method", "GET",
                            ":scheme", "http",
                            ":authority", "example.org",
                            ":path", "/a/b?c=d",
                            "x-thing", "One"));
            assertThat(response.status()).isEqualTo(200);
            assertThat(response.toString()).contains("x-other: two").contains("hello");
        }
    }

    @Test
    void chunksAreUnwrappedAndTrailersTravelBothWays() throws IOException {
        try (RawClient client = client()) {
            client.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nTE: trailers\r\n"
                    + "Connection: TE\r\n\r\n5;x=1\r\nhello\r\n0\r\nX-Sum: 1\r\n\r\n");
            FramePeer peer = endpoint.settled();
            Frame head = peer.await(HEADERS);
            Map<String, String> fields = peer.fields(head);
            Frame body = peer.await(DATA);
            Frame trailers = peer.await(HEADERS);
            peer.headers(head.stream(), false, ":status", "200")
                    .data(head.stream(), false, "world")
                    .headers(head.stream(), true, "x-sum", "2");
            RawResponse response = client.read();

            assertThat(fields).containsEntry("te", "trailers").doesNotContainKeys("connection", "transfer-encoding");
            assertThat(head.ends()).isFalse();
            assertThat(body.text()).isEqualTo("hello");
            assertThat(trailers.ends()).isTrue();
            assertThat(peer.fields(trailers)).containsExactlyEntriesOf(Map.of("x-sum", "1"));
            assertThat(response.body().text()).isEqualTo("world");
            assertThat(response.body().trailers().toString()).contains("x-sum: 2");
        }
    }

    @Test
    void theLastFrameOfABodySaysSo() throws IOException {
        try (RawClient client = client()) {
            client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello");
            FramePeer peer = endpoint.settled();
            Frame head = peer.await(HEADERS);
            Frame body = peer.await(DATA);
            peer.answer(head.stream(), "ok");

            assertThat(client.read().status()).isEqualTo(200);
            assertThat(body.text()).isEqualTo("hello");
            assertThat(body.ends()).isTrue();
        }
    }

    @Test
    void aResponseToHeadHasNoBodyWhateverItSays() throws IOException {
        try (RawClient client = client()) {
            client.send("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n");
            FramePeer peer = endpoint.settled();
            peer.headers(peer.request(), true, ":status", "200", "content-length", "7");

            assertThat(client.read("HEAD").toString()).contains("content-length: 7");
            client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            peer.headers(peer.request(), true, ":status", "304", "content-length", "7");
            assertThat(client.read().status()).isEqualTo(304);
            client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            peer.headers(peer.request(), true, ":status", "204");
            assertThat(client.read().status()).isEqualTo(204);
        }
    }

    @Test
    void interimResponsesArePassedOn() throws IOException {
        try (RawClient client = client()) {
            client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");
            FramePeer peer = endpoint.settled();
            Frame head = peer.await(HEADERS);
            assertThat(peer.fields(head)).containsEntry("expect", "100-continue");
            peer.headers(head.stream(), false, ":status", "100");
            assertThat(client.readOne().status()).isEqualTo(100);
            client.send("ab");
            assertThat(peer.await(DATA).text()).isEqualTo("ab");
            peer.headers(head.stream(), false, ":status", "103", "link", "</a>").answer(head.stream(), "ok");
            assertThat(client.readOne().status()).isEqualTo(103);
            assertThat(client.readOne().status()).isEqualTo(200);
        }
    }

    @Test
    void anHttp10ClientIsTold() throws IOException {
        try (RawClient client = client()) {
            client.send("GET / HTTP/1.0\r\nHost: a\r\n\r\n");
            FramePeer peer = endpoint.settled();
            peer.answer(peer.request(), "hello");
            String response = client.read().toString();

            assertThat(response).contains("hello").doesNotContainIgnoringCase("transfer-encoding");
        }
    }

    @Test
    void manyExchangesShareAConnectionAndEndInAnyOrder() throws IOException {
        try (RawClient first = client();
                RawClient second = client()) {
            first.send("GET /1 HTTP/1.1\r\nHost: a\r\n\r\n");
            FramePeer peer = endpoint.settled();
            int one = peer.request();
            second.send("GET /2 HTTP/1.1\r\nHost: a\r\n\r\n");
            int two = peer.request();
            peer.answer(two, "second");
            assertThat(second.read().toString()).contains("second");
            peer.answer(one, "first");
            assertThat(first.read().toString()).contains("first");
        }
    }

    /** RFC 9113 §5.1.2: the second waits, rather than be refused. */
    @Test
    void noMoreStreamsAreBegunThanTheEndpointTakes() throws IOException {
        restart("pool.maxConnections", 1);
        try (RawClient first = client();
                RawClient second = client()) {
            first.send("GET /1 HTTP/1.1\r\nHost: a\r\n\r\n");
            FramePeer peer = endpoint.settled(MAX_CONCURRENT_STREAMS, 1);
            int one = peer.request();
            second.send("GET /2 HTTP/1.1\r\nHost: a\r\n\r\n");
            awaitMetric("evenkeel_inflight", 2);
            peer.answer(one, "first");
            assertThat(first.read().toString()).contains("first");
            int two = peer.request();
            peer.answer(two, "second");
            assertThat(second.read().toString()).contains("second");
        }
    }

    @Test
    void aFullConnectionIsJoinedByAnother() throws IOException {
        try (RawClient first = client();
                RawClient second = client()) {
            first.send("GET /1 HTTP/1.1\r\nHost: a\r\n\r\n");
            FramePeer peer = endpoint.settled(MAX_CONCURRENT_STREAMS, 1);
            int one = peer.request();
            second.send("GET /2 HTTP/1.1\r\nHost: a\r\n\r\n");
            FramePeer other = endpoint.settled(MAX_CONCURRENT_STREAMS, 1);
            other.answer(other.request(), "second");
            assertThat(second.read().toString()).contains("second");
            peer.answer(one, "first");
            assertThat(first.read().toString()).contains("first");
        }
    }

    /** RFC 9113 §6.9: one octet at a time, if that is what the endpoint takes. */
    @Test
    void windowsOfOneOctetAreKept() throws IOException {
        try (RawClient client = client()) {
            client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n");
            FramePeer peer = endpoint.settled(INITIAL_WINDOW_SIZE, 1);
            Frame head = peer.await(HEADERS);
            peer.await(FramePeer.SETTINGS);
            peer.headers(head.stream(), false, ":status", "100");
            client.readOne();
            client.send("hello");
            StringBuilder body = new StringBuilder();
            Frame part = peer.await(DATA);
            while (!part.ends()) {
                assertThat(part.payload()).hasSizeLessThanOrEqualTo(1);
                body.append(part.text());
                peer.widen(head.stream(), 1);
                part = peer.await(DATA);
            }
            body.append(part.text());
            peer.answer(head.stream(), "ok");

            assertThat(body).hasToString("hello");
            assertThat(client.readOne().status()).isEqualTo(200);
        }
    }

    @Test
    void aClientThatGoesAwayCancelsItsStreamAndNothingElse() throws IOException {
        try (RawClient stays = client()) {
            FramePeer peer;
            int kept;
            int cancelled;
            try (RawClient leaves = client()) {
                stays.send("GET /1 HTTP/1.1\r\nHost: a\r\n\r\n");
                peer = endpoint.settled();
                kept = peer.request();
                leaves.send("GET /2 HTTP/1.1\r\nHost: a\r\n\r\n");
                cancelled = peer.request();
                peer.headers(cancelled, false, ":status", "200").data(cancelled, false, "x");
                leaves.readHead();
            }
            Frame reset = peer.await(RST_STREAM);
            peer.answer(kept, "kept");

            assertThat(reset.stream()).isEqualTo(cancelled);
            assertThat(reset.number(0)).as("CANCEL").isEqualTo(8);
            assertThat(stays.read().toString()).contains("kept");
        }
    }

    /** A client that takes nothing costs its stream's window and what the kernel holds, and holds up nobody. */
    @Test
    void aSlowClientHoldsUpOnlyItself() throws IOException {
        try (RawClient slow = RawClient.connect(router.address("web"), 4096);
                RawClient other = client()) {
            slow.send("GET /1 HTTP/1.1\r\nHost: a\r\n\r\n");
            FramePeer peer = endpoint.settled();
            int stalled = peer.request();
            peer.headers(stalled, false, ":status", "200");
            long sent = fill(peer, stalled);
            other.send("GET /2 HTTP/1.1\r\nHost: a\r\n\r\n");
            int stream = peer.request();
            peer.answer(stream, "meanwhile");

            assertThat(other.read().toString()).contains("meanwhile");
            assertThat(sent).isLessThan(8L << 20);
        }
    }

    /** Sends for as long as the window is given back; a ping behind each frame tells that the router has seen it. */
    private static long fill(FramePeer peer, int stream) throws IOException {
        String part = "x".repeat(16_384);
        long window = MultiplexedConnection.STREAM_WINDOW_BYTES;
        long sent = 0;
        while (window >= part.length()) {
            peer.data(stream, false, part);
            peer.send(FramePeer.PING, 0, 0, new byte[8]);
            sent += part.length();
            window -= part.length();
            Frame frame = peer.read();
            while (frame.type() != FramePeer.PING) {
                if (frame.type() == FramePeer.WINDOW_UPDATE && frame.stream() == stream) {
                    window += frame.number(0);
                }
                frame = peer.read();
            }
        }
        return sent;
    }
}
