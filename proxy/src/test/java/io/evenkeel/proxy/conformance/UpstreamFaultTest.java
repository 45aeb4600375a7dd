package io.evenkeel.proxy.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.evenkeel.proxy.testing.RawClient;
import io.evenkeel.proxy.testing.RawResponse;
import io.evenkeel.proxy.testing.RouterFixture;
import io.evenkeel.proxy.testing.Step;
import io.evenkeel.proxy.testing.Wire;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An endpoint that dies, or answers too soon, in any phase: the client is told or cut off, and everything comes back. */
final class UpstreamFaultTest {

    private static final String POST = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n";
    private static final String EARLY = "HTTP/1.1 413 Too Much\r\nContent-Length: 5\r\n\r\nearly";

    @RegisterExtension
    static final RouterFixture ROUTER = RouterFixture.plain();

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("deaths")
    void deathOfAnEndpointIsToldOrShown(String phase, String way, Step death) throws IOException {
        ROUTER.upstream().always(death);
        RawClient client = ROUTER.client();
        try (client) {
            client.send(POST + "123456789");
            RawResponse response = client.read();
            assertThat(response.status()).as("%s", response).isEqualTo(502);
            Refusal.assertShort(response);
        } catch (EOFException | SocketException brokenOff) {
            assertThat(Wire.text(client.seen())).startsWith("HTTP/1.1 200 OK\r\n");
        }
        ROUTER.assertAtRest();
        ROUTER.upstream().reset();
        try (RawClient next = ROUTER.client()) {
            assertThat(next.exchange(Verdict.CANARY).status()).isEqualTo(200);
        }
    }

    static Stream<Arguments> deaths() {
        String head = "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n";
        String chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
        List<Map.Entry<String, Step>> ways = List.of(
                Map.entry("FIN", Step.close()),
                Map.entry("RST", Step.reset()),
                Map.entry("half-close", Step.halfClose()));
        return ways.stream().flatMap(entry -> {
            String way = entry.getKey();
            Step end = entry.getValue();
            return Stream.of(
                    Arguments.of("before the request is read", way, end),
                    Arguments.of("after the head", way, Step.readHead().then(end)),
                    Arguments.of("after the request", way, Step.readRequest().then(end)),
                    Arguments.of(
                            "in the status line", way, Step.answer("HTTP/1.").then(end)),
                    Arguments.of(
                            "in the response head",
                            way,
                            Step.answer("HTTP/1.1 200 OK\r\nConten").then(end)),
                    Arguments.of("before the content", way, Step.answer(head).then(end)),
                    Arguments.of(
                            "in the content", way, Step.answer(head + "1234").then(end)),
                    Arguments.of(
                            "in a chunk", way, Step.answer(chunked + "4\r\nab").then(end)),
                    Arguments.of(
                            "between chunks",
                            way,
                            Step.answer(chunked + "2\r\nab\r\n").then(end)),
                    Arguments.of(
                            "in the trailers",
                            way,
                            Step.answer(chunked + "2\r\nab\r\n0\r\nX: ").then(end)));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n1234"})
    void resetRightBehindAPieceOfAResponseIsNoticedEveryTime(String piece) throws IOException {
        for (int i = 0; i < 100; i++) {
            ROUTER.upstream().next(Step.answer(piece).then(Step.reset()), Step.ok());
            try (RawClient client = ROUTER.client()) {
                client.send(POST + "123456789");
                assertThat(client.endsOrAnswers()).as("attempt %d", i).isTrue();
            }
            try (RawClient next = ROUTER.client()) {
                assertThat(next.exchange(Verdict.CANARY).status()).isEqualTo(200);
            }
        }
    }

    @Test
    void resetOfEveryNewConnectionIsABadGateway() throws IOException {
        try (RouterFixture router = RouterFixture.plain()) {
            router.upstream().onAccept(Step.reset());
            try (RawClient client = router.client()) {
                assertThat(client.exchange(Verdict.CANARY).status()).isEqualTo(502);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1234"})
    void earlyAnswerReachesTheClientAndTheRestOfTheContentIsNoRequest(String sent) throws IOException {
        String rest = "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n";
        String request = POST.replace("9", String.valueOf(sent.length() + rest.length()));
        ROUTER.upstream().next(Step.readHead().then(Step.send(EARLY)).then(Step.readBody()));
        try (RawClient client = ROUTER.client()) {
            client.send(request + sent);
            RawResponse response = client.read();
            assertThat(response.status()).isEqualTo(413);
            assertThat(response.body().text()).isEqualTo("early");
            client.sendWhilePeerListens(rest);
            if (response.saysClose()) {
                assertThat(client.peerCloses()).isTrue();
            } else {
                assertThat(client.exchange(Verdict.CANARY).body().text()).isEqualTo("ok");
            }
        }
        assertThat(ROUTER.upstream().requests()).noneMatch(r -> r.target().equals("/smuggled"));
    }

    @Test
    void earlyAnswerOfAnEndpointThatLeavesReachesTheClientWhole() throws IOException {
        ROUTER.upstream().next(Step.readHead().then(Step.send(EARLY)).then(Step.halfClose()));
        try (RawClient client = ROUTER.client()) {
            client.send(POST + "12");
            RawResponse response = client.read();
            assertThat(response.status()).isEqualTo(413);
            assertThat(response.body().text()).isEqualTo("early");
        }
    }

    @Test
    void earlyAnswerToALargeUploadReachesAClientThatOnlyWrites() throws IOException {
        ROUTER.upstream()
                .next(Step.readHead()
                        .then(Step.send(EARLY.replace("413 Too Much\r\n", "413 Too Much\r\nConnection: close\r\n")))
                        .then(Step.untilClosed()));
        try (RawClient client = ROUTER.client()) {
            client.send(POST.replace("9", "100000000"));
            String piece = "x".repeat(1 << 16);
            await().until(() -> {
                client.sendWhilePeerListens(piece);
                return client.hasMore();
            });
            assertThat(client.read().status()).isEqualTo(413);
        }
    }
}
