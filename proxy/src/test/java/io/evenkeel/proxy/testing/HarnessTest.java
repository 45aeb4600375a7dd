package io.evenkeel.proxy.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.evenkeel.config.RouterConfig;
import io.netty.buffer.PooledByteBufAllocator;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The harness itself: what judges the router must not be wrong. */
final class HarnessTest {

    private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

    @Test
    void clientReadsWhatAnIndependentServerSends() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(Wire.octets("hello"));
            exchange.close();
        });
        server.start();
        try (RawClient client = RawClient.connect(server.getAddress())) {
            RawResponse response = client.exchange(GET);
            assertThat(response.status()).isEqualTo(200);
            assertThat(response.body().framing()).isEqualTo(Body.Framing.CHUNKED);
            assertThat(response.body().text()).isEqualTo("hello");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void upstreamRecordsTheExactOctets() throws IOException {
        String request = "POST /x HTTP/1.1\r\nHost: a\r\nX-Odd:\t \u00e4 \r\nContent-Length: 3\r\n\r\nabc";
        try (RecordingUpstream upstream = RecordingUpstream.start();
                RawClient client = RawClient.connect(upstream.address())) {
            assertThat(client.exchange(request).body().text()).isEqualTo("ok");
            assertThat(upstream.connections().get(0).received()).isEqualTo(Wire.octets(request));
            assertThat(upstream.requests()).singleElement().satisfies(recorded -> {
                assertThat(recorded.fields().all("x-odd")).containsExactly("\u00e4");
                assertThat(recorded.body().text()).isEqualTo("abc");
            });
        }
    }

    @Test
    void scriptsAreTakenInTurnAndThenTheUsualAnswerReturns() throws IOException {
        try (RecordingUpstream upstream = RecordingUpstream.start();
                RawClient client = RawClient.connect(upstream.address())) {
            upstream.next(
                    Step.answer("HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n"),
                    Step.answer("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + Wire.chunk("ab")
                            + Wire.chunk("c") + "0\r\nT: 1\r\n\r\n"));
            RawResponse first = client.exchange(GET);
            assertThat(first.status()).isEqualTo(204);
            assertThat(first.interim())
                    .singleElement()
                    .extracting(RawResponse::status)
                    .isEqualTo(103);
            RawResponse second = client.exchange(GET);
            assertThat(second.body().text()).isEqualTo("abc");
            assertThat(second.body().trailers().all("t")).containsExactly("1");
            assertThat(client.exchange(GET).body().text()).isEqualTo("ok");
        }
    }

    @Test
    void splitAnswerWaitsForItsGate() throws IOException {
        CountDownLatch gate = new CountDownLatch(1);
        try (RecordingUpstream upstream = RecordingUpstream.start();
                RawClient client = RawClient.connect(upstream.address())) {
            upstream.next(Step.readRequest().then(Step.sendSplit(Step.OK, 17, gate)));
            client.send(GET);
            await().until(client::hasMore);
            gate.countDown();
            assertThat(client.read().body().text()).isEqualTo("ok");
            assertThat(Wire.text(client.seen())).isEqualTo(Step.OK);
        }
    }

    @Test
    void resetEndsTheConnectionWithoutFin() throws IOException {
        try (RecordingUpstream upstream = RecordingUpstream.start();
                RawClient client = RawClient.connect(upstream.address())) {
            upstream.next(Step.readRequest().then(Step.reset()));
            assertThatThrownBy(() -> client.exchange(GET)).isInstanceOf(SocketException.class);
        }
    }

    @Test
    void upstreamTellsMalformedRequestsFromTruncatedOnes() throws IOException {
        try (RecordingUpstream upstream = RecordingUpstream.start()) {
            try (RawClient client = RawClient.connect(upstream.address())) {
                client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nabc")
                        .halfClose();
                assertThat(client.peerCloses()).isTrue();
            }
            assertThat(upstream.violations()).isEmpty();
            try (RawClient client = RawClient.connect(upstream.address())) {
                client.send("GET / HTTP/1.1\r\nHost : a\r\n\r\n");
                assertThat(client.peerCloses()).isTrue();
            }
            await().untilAsserted(() -> assertThat(upstream.violations()).hasSize(1));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 200\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nTransfer-Encoding: chunked\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\nabc\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabcd\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nA: b\r\n folded\r\n\r\n",
                "HTTP/1.1 200 OK\r\nA : b\r\n\r\n"
            })
    void strictReaderRefuses(String response) {
        assertThatThrownBy(() -> parse(response)).isInstanceOf(ProtocolException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nabc",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n",
                "HTTP/1.1 200 OK\r\nContent-Le"
            })
    void truncatedResponseIsNotTakenForAWholeOne(String response) {
        assertThatThrownBy(() -> parse(response)).isInstanceOf(EOFException.class);
    }

    @Test
    void oneKnobIsTurnedAndTheRestStays() {
        RouterConfig before = TestConfig.plain(RecordingUpstream.deadAddress());
        RouterConfig after = TestConfig.with(before, "upstreams.0.timeouts.responseHead", Duration.ofMillis(7));
        assertThat(after.upstreams().get(0).timeouts().responseHead()).hasMillis(7);
        assertThat(after.listeners()).isEqualTo(before.listeners());
        assertThatThrownBy(() -> TestConfig.with(before, "upstreams.0.nonsense", 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void leakedBufferIsHeard() {
        try (LeakWatch watch = new LeakWatch()) {
            leak();
            await().untilAsserted(() -> assertThat(watch.leaks()).isNotEmpty());
        }
    }

    @Test
    void metricsAreSummedByNameAndLabels() {
        Scrape scrape = new Scrape(List.of("a{x=\"1\",y=\"2\"} 3.0", "a{x=\"2\",y=\"2\"} 4.0", "ab 9.0", "b 1.0"));
        assertThat(scrape.sum("a")).isEqualTo(7);
        assertThat(scrape.sum("a", "x=\"2\"")).isEqualTo(4);
        assertThat(scrape.has("c")).isFalse();
    }

    @SuppressWarnings("CheckReturnValue") // losing the buffer is the point
    private static void leak() {
        PooledByteBufAllocator.DEFAULT.directBuffer(64);
    }

    private static RawResponse parse(String response) throws IOException {
        ByteSource source = new ByteSource(new ByteArrayInputStream(Wire.octets(response)));
        return RawResponse.read(new MessageReader(source), "GET");
    }
}
