package io.evenkeel.proxy.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.evenkeel.proxy.testing.Body;
import io.evenkeel.proxy.testing.Http2Client;
import io.evenkeel.proxy.testing.Http2Frame;
import io.evenkeel.proxy.testing.Http2Response;
import io.evenkeel.proxy.testing.RawClient;
import io.evenkeel.proxy.testing.RawResponse;
import io.evenkeel.proxy.testing.RecordedRequest;
import io.evenkeel.proxy.testing.RouterFixture;
import io.evenkeel.proxy.testing.Step;
import io.evenkeel.proxy.testing.Wire;
import io.netty.handler.codec.http2.Http2Error;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests of a client that speaks HTTP/2, to endpoints that speak HTTP/1.1. */
final class StreamExchangeIT {

    @RegisterExtension
    static final RouterFixture ROUTER = RouterFixture.plain();

    private static Http2Client client() throws IOException {
        return Http2Client.connect(ROUTER.address());
    }

    private static RecordedRequest received() {
        List<RecordedRequest> requests = ROUTER.upstream().requests();
        return requests.get(requests.size() - 1);
    }

    @Test
    void aRequestIsForwardedAsHttp11AndItsAnswerEndsOnItsLastFrame() throws IOException {
        try (Http2Client client = client()) {
            Http2Response response = client.response(client.get("/a?b=c", "x-a: b", "cookie: c=d", "cookie: e=f"));
            assertThat(response.fields()).contains(":status: 200", "content-length: 2");
            assertThat(response.content()).isEqualTo("ok");
            assertThat(response.frames).containsExactly(Http2Frame.HEADERS, Http2Frame.DATA);
        }
        assertThat(received().head())
                .isEqualTo("GET /a?b=c HTTP/1.1\r\nhost: a.example\r\nx-a: b\r\ncookie: c=d; e=f\r\n\r\n");
    }

    @ParameterizedTest
    @CsvSource({
        "HEAD, HTTP/1.1 200 OK|Content-Length: 5||",
        "GET, HTTP/1.1 204 No Content|X: y||",
        "GET, HTTP/1.1 304 Not Modified|ETag: \"a\"||",
        "GET, HTTP/1.1 200 OK|Content-Length: 0||"
    })
    void anAnswerWithoutContentEndsOnItsHeaders(String method, String head) throws IOException {
        ROUTER.upstream().always(Step.answer(head.replace("|", "\r\n")));
        try (Http2Client client = client()) {
            Http2Response response = client.response(client.request(true, method, "/"));
            assertThat(response.complete).isTrue();
            assertThat(response.frames).containsExactly(Http2Frame.HEADERS);
        }
    }

    @Test
    void contentOfKnownLengthKeepsIt() throws IOException {
        try (Http2Client client = client()) {
            int stream = client.request(false, "POST", "/", "content-length: 6");
            client.data(stream, false, Wire.octets("abc"));
            client.data(stream, true, Wire.octets("def"));
            assertThat(client.response(stream).status()).isEqualTo("200");
        }
        assertThat(received().body().framing()).isEqualTo(Body.Framing.LENGTH);
        assertThat(received().body().text()).isEqualTo("abcdef");
    }

    @Test
    void contentOfUnknownLengthGoesInChunksAndItsTrailersToo() throws IOException {
        try (Http2Client client = client()) {
            int stream = client.request(false, "POST", "/", "te: trailers");
            client.data(stream, false, Wire.octets("abc"));
            client.data(stream, false, Wire.octets("def"));
            client.headers(stream, true, "x-check: 1");
            assertThat(client.response(stream).status()).isEqualTo("200");
        }
        assertThat(received().body().framing()).isEqualTo(Body.Framing.CHUNKED);
        assertThat(received().body().text()).isEqualTo("abcdef");
        assertThat(received().body().trailers().joined("x-check")).isEqualTo("1");
        assertThat(received().fields().joined("TE")).isEqualTo("trailers");
    }

    @Test
    void chunksAndTrailersOfAnAnswerBecomeDataAndHeaders() throws IOException {
        ROUTER.upstream()
                .always(Step.answer("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: grpc-status\r\n\r\n"
                        + "3\r\nabc\r\n4;x=y\r\ndefg\r\n0\r\nGrpc-Status: 0\r\n\r\n"));
        try (Http2Client client = client()) {
            Http2Response response = client.response(client.get("/"));
            assertThat(response.content()).isEqualTo("abcdefg");
            assertThat(response.sections).hasSize(2);
            assertThat(response.fields()).doesNotContain("transfer-encoding: chunked");
            assertThat(response.sections.get(1)).containsExactly("grpc-status: 0");
            assertThat(response.frames.get(response.frames.size() - 1)).isEqualTo(Http2Frame.HEADERS);
        }
    }

    @Test
    void anAnswerThatEndsWithItsConnectionEndsItsStreamOnly() throws IOException {
        ROUTER.upstream().always(Step.answerAndClose("HTTP/1.1 200 OK\r\n\r\nuntil the end"));
        try (Http2Client client = client()) {
            assertThat(client.response(client.get("/")).content()).isEqualTo("until the end");
            assertThat(client.response(client.get("/")).content()).isEqualTo("until the end");
        }
    }

    @Test
    void interimAnswersArePassedOn() throws IOException {
        ROUTER.upstream().always(Step.answer("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + Step.OK));
        try (Http2Client client = client()) {
            Http2Response response = client.response(client.get("/"));
            assertThat(response.sections.get(0)).containsExactly(":status: 103", "link: </a>");
            assertThat(response.status()).isEqualTo("200");
            assertThat(response.content()).isEqualTo("ok");
        }
    }

    @Test
    void aClientThatWaitsForItGetsItsContinue() throws IOException {
        ROUTER.upstream()
                .always(Step.readHead()
                        .then(Step.send("HTTP/1.1 100 Continue\r\n\r\n"))
                        .then(Step.readBody())
                        .then(Step.send(Step.OK)));
        try (Http2Client client = client()) {
            int stream = client.request(false, "PUT", "/", "content-length: 3", "expect: 100-continue");
            client.until(Http2Frame.HEADERS);
            assertThat(client.sofar(stream).sections.get(0)).containsExactly(":status: 100");
            client.data(stream, true, Wire.octets("abc"));
            assertThat(client.response(stream).status()).isEqualTo("200");
        }
    }

    @Test
    void manyStreamsAreServedAtOnce() throws IOException {
        ROUTER.upstream().always(Step.echoTarget());
        try (Http2Client client = client()) {
            List<Integer> streams = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                streams.add(client.get("/" + i));
            }
            for (int i = 0; i < 100; i++) {
                assertThat(client.response(streams.get(i)).content()).isEqualTo("/" + i);
            }
        }
    }

    /** RFC 9113 §8.1.1. */
    @ParameterizedTest
    @ValueSource(strings = {"X-A: b", "connection: close", "te: gzip", ":path: /", "x: a\r\nb: c", "content-length: 1"})
    void aMalformedRequestIsResetAndTheConnectionLivesOn(String line) throws IOException {
        try (Http2Client client = client()) {
            Http2Response response = client.response(client.get("/", line));
            assertThat(response.reset).isEqualTo((int) Http2Error.PROTOCOL_ERROR.code());
            assertThat(response.sections).isEmpty();
            assertThat(client.response(client.get("/")).status()).isEqualTo("200");
        }
        assertThat(ROUTER.upstream().requests()).hasSize(1);
    }

    /** What only HTTP/1.1's own rules forbid is answered, not reset. */
    @ParameterizedTest
    @CsvSource({"/%zz, 400", "/%2e%2e/%2e%2e/, 400"})
    void aRequestThatMayNotBeServedIsAnswered(String path, String status) throws IOException {
        try (Http2Client client = client()) {
            Http2Response response = client.response(client.get(path));
            assertThat(response.status()).isEqualTo(status);
            assertThat(response.complete).isTrue();
        }
    }

    @Test
    void connectIsRefused() throws IOException {
        try (Http2Client client = client()) {
            client.headers(1, false, ":method: CONNECT", ":authority: a:443");
            Http2Response response = client.response(1);
            assertThat(response.status()).isEqualTo("405");
        }
    }

    @Test
    void aHeadThatIsTooLargeIsAnsweredAndTheConnectionLivesOn() throws IOException {
        try (Http2Client client = client()) {
            Http2Response response = client.response(client.get("/", "x: " + "a".repeat(17_000)));
            assertThat(response.status()).isEqualTo("431");
            assertThat(client.response(client.get("/")).status()).isEqualTo("200");
        }
    }

    @Test
    void contentThatIsNotWhatWasAnnouncedResetsTheStream() throws IOException {
        ROUTER.upstream().always(Step.untilClosed());
        try (Http2Client client = client()) {
            int more = client.request(false, "POST", "/", "content-length: 2");
            client.data(more, false, Wire.octets("abc"));
            assertThat(client.response(more).reset).isEqualTo((int) Http2Error.PROTOCOL_ERROR.code());
            int fewer = client.request(false, "POST", "/", "content-length: 2");
            client.data(fewer, true, Wire.octets("a"));
            assertThat(client.response(fewer).reset).isEqualTo((int) Http2Error.PROTOCOL_ERROR.code());
        }
    }

    /** RFC 9113 §8.1: the answer first, then a reset that is no error. */
    @Test
    void anEarlyAnswerIsGivenInFullBeforeTheRequestIsStopped() throws IOException {
        ROUTER.upstream().always(Step.readHead().then(Step.send(Step.OK)).then(Step.untilClosed()));
        try (Http2Client client = client()) {
            int stream = client.request(false, "POST", "/");
            client.data(stream, false, Wire.octets("abc"));
            Http2Response response = client.response(stream);
            assertThat(response.content()).isEqualTo("ok");
            assertThat(client.until(Http2Frame.RST_STREAM).error()).isEqualTo((int) Http2Error.NO_ERROR.code());
        }
    }

    @Test
    void anAnswerThatIsCutOffIsReset() throws IOException {
        ROUTER.upstream().always(Step.answerAndClose("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc"));
        try (Http2Client client = client()) {
            Http2Response response = client.response(client.get("/"));
            assertThat(response.complete).isFalse();
            assertThat(response.reset).isEqualTo((int) Http2Error.INTERNAL_ERROR.code());
        }
    }

    @Test
    void aStreamThatIsGivenUpEndsItsAttemptAtOnceAndBlamesNobody() throws IOException, InterruptedException {
        CountDownLatch asked = new CountDownLatch(1);
        ROUTER.upstream().next(Step.readRequest().then(Step.signal(asked)).then(Step.untilClosed()));
        double before = aborted();
        try (Http2Client client = client()) {
            int stream = client.get("/");
            assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
            client.reset(stream, (int) Http2Error.CANCEL.code());
            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThat(ROUTER.metrics().sum("evenkeel_inflight"))
                            .isZero());
            assertThat(client.response(client.get("/")).status()).isEqualTo("200");
        }
        assertThat(aborted()).isEqualTo(before + 1);
        assertThat(ROUTER.metrics().sum("evenkeel_http2_resets_total", "by=\"client\""))
                .isPositive();
    }

    private static double aborted() {
        return ROUTER.metrics().sum("evenkeel_failures_total", "reason=\"client_aborted\"");
    }

    @Test
    void aClientThatGoesAwayEndsAllItsAttempts() throws IOException, InterruptedException {
        CountDownLatch asked = new CountDownLatch(3);
        ROUTER.upstream().always(Step.readRequest().then(Step.signal(asked)).then(Step.untilClosed()));
        try (Http2Client client = client()) {
            for (int i = 0; i < 3; i++) {
                client.get("/");
            }
            assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
        }
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() ->
                        assertThat(ROUTER.metrics().sum("evenkeel_inflight")).isZero());
    }

    @Test
    void aStreamTooManyIsRefusedEvenWithContentBehindItAndTheOthersLiveOn() throws IOException {
        CountDownLatch gate = new CountDownLatch(1);
        ROUTER.upstream().always(Step.readRequest().then(Step.await(gate)).then(Step.send(Step.OK)));
        try (Http2Client client = client()) {
            int first = client.get("/");
            for (int i = 1; i < 128; i++) {
                client.get("/");
            }
            int refused = client.request(false, "POST", "/");
            client.data(refused, false, Wire.octets("abc"));
            client.data(refused, true, Wire.octets("def"));
            assertThat(client.response(refused).reset).isEqualTo((int) Http2Error.REFUSED_STREAM.code());
            gate.countDown();
            assertThat(client.response(first).status()).isEqualTo("200");
        }
    }

    @Test
    void contentThatWaitsForAConnectionIsNotLost() throws IOException {
        byte[] content = Wire.pattern(300_000);
        try (Http2Client client = client()) {
            int stream = client.request(false, "PUT", "/", "content-length: " + content.length);
            int window = 65_535;
            for (int at = 0; at < content.length; ) {
                int length = Math.min(Math.min(8_000, content.length - at), window);
                if (length == 0) {
                    Http2Frame update = client.until(Http2Frame.WINDOW_UPDATE);
                    window += update.stream() == stream ? update.number(0) : 0;
                    continue;
                }
                client.data(
                        stream, at + length == content.length, java.util.Arrays.copyOfRange(content, at, at + length));
                at += length;
                window -= length;
            }
            assertThat(client.response(stream).status()).isEqualTo("200");
        }
        assertThat(received().body().length()).isEqualTo(content.length);
        assertThat(received().body().text()).isEqualTo(Wire.text(content));
    }

    /** RFC 9113 §3.4: what is no preface is HTTP/1.1, and what begins like one and goes on otherwise ends. */
    @Test
    void aBrokenPrefaceEndsTheConnection() throws IOException {
        try (Http2Client client = Http2Client.silent(ROUTER.address())) {
            client.socket().getOutputStream().write(Wire.octets("PRI * HTTP/2.0\r\n\r\nXX\r\n\r\n"));
            client.untilClosed();
            assertThat(client.sofar(0).frames).contains(Http2Frame.GOAWAY);
        }
    }

    @Test
    void aPrefaceInPiecesIsOne() throws IOException, InterruptedException {
        try (Http2Client client = Http2Client.silent(ROUTER.address())) {
            for (byte octet : Wire.octets("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")) {
                client.socket().getOutputStream().write(octet);
            }
            client.send(Http2Frame.SETTINGS, 0, 0).flush();
            assertThat(client.response(client.get("/")).status()).isEqualTo("200");
        }
    }

    /** RFC 9113 §3.4: then it is a request of a version that is not spoken. */
    @Test
    void whereHttp2IsOffItsPrefaceIsRefused() throws IOException {
        try (RouterFixture without = RouterFixture.plainWith("listeners.0.http2.enabled", false);
                RawClient client = without.client()) {
            RawResponse refusal =
                    client.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n").read();
            assertThat(refusal.status()).isIn(400, 505);
            assertThat(client.peerCloses()).isTrue();
        }
    }
}
