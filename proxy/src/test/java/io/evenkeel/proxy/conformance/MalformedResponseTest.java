package io.evenkeel.proxy.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.proxy.testing.RawClient;
import io.evenkeel.proxy.testing.RawResponse;
import io.evenkeel.proxy.testing.RouterFixture;
import io.evenkeel.proxy.testing.Step;
import io.evenkeel.proxy.testing.UpstreamConnection;
import io.evenkeel.proxy.testing.Wire;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An endpoint that breaks RFC 9112 is a bad gateway; its connection is never used again. */
final class MalformedResponseTest {

    private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

    @RegisterExtension
    static final RouterFixture ROUTER = RouterFixture.plain();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "garbage\r\n\r\n",
                "\u0000\u0001\u0002\r\n\r\n",
                "220 smtp.example ESMTP\r\n\r\n",
                "\u0015\u0003\u0003\u0000\u0002\u0002F\r\n\r\n",
                "HTTP/1.1\r\n\r\n",
                "HTTP/1.1 \r\n\r\n",
                "HTTP/1.1 20 OK\r\n\r\n",
                "HTTP/1.1 2000 OK\r\n\r\n",
                "HTTP/1.1 abc OK\r\n\r\n",
                "HTTP/1.1  200 OK\r\n\r\n",
                " HTTP/1.1 200 OK\r\n\r\n",
                "http/1.1 200 OK\r\n\r\n",
                "HTTP/2.0 200 OK\r\n\r\n",
                "HTTP/0.9 200 OK\r\n\r\n",
                "HTTP/1.1x 200 OK\r\n\r\n",
                "HTTP/1.1 +20 OK\r\n\r\n",
                "HTTP/1.1 099 Low\r\n\r\n",
                "HTTP/1.1 600 High\r\n\r\n",
                "HTTP/1.1\t200\tOK\r\n\r\n",
                "HTTP/1.1 200 O\u0000K\r\n\r\n",
                "HTTP/1.1 200 O\rK\r\n\r\n",
                "ICY 200 OK\r\n\r\n",
                "HTTP/1.1 200 OK\n\n\r\n\r\n",
                "HTTP/1.1 200 OK\r\nA: b\n\r\n\r\n"
            })
    void statusLineThatBreaksRfc9112Section4IsABadGateway(String response) throws IOException {
        assertBadGateway(response);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "A : b",
                "A b: c",
                ": b",
                "A",
                "A: b\r\n c",
                " A: b",
                "A: b\u0000",
                "A: \rb",
                "A: b\nB: c",
                "A: \u0001",
                "\u00e4: b",
                "A\u0000: b",
                "A: \u007f"
            })
    void fieldThatBreaksRfc9112Section5IsABadGateway(String field) throws IOException {
        assertBadGateway("HTTP/1.1 200 OK\r\n" + field + "\r\nContent-Length: 2\r\n\r\nok");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 2\r\nContent-Length: 3",
                "Content-Length: 2\r\nContent-Length: 2",
                "Content-Length: 2, 2",
                "Content-Length: 2,3",
                "Content-Length: +2",
                "Content-Length: -2",
                "Content-Length: 0x2",
                "Content-Length: 2 2",
                "Content-Length:",
                "Content-Length: two",
                "Content-Length: 18446744073709551618",
                "Content-Length: 9223372036854775808",
                "Content-Length: 2\r\nTransfer-Encoding: chunked",
                "Transfer-Encoding: chunked\r\nContent-Length: 2",
                "Transfer-Encoding: chunked, chunked",
                "Transfer-Encoding: xchunked",
                "Transfer-Encoding: identity\r\nContent-Length: 2",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
                "Transfer-Encoding: \u000bchunked",
                "Transfer-Encoding: gzip, chunked",
                "Transfer-Encoding: chunked, gzip",
                "Transfer-Encoding:"
            })
    void framingThatBreaksRfc9112Section6IsABadGateway(String fields) throws IOException {
        assertBadGateway("HTTP/1.1 200 OK\r\n" + fields + "\r\n\r\n2\r\nok\r\n0\r\n\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n",
                "HTTP/1.1 101 Switching Protocols\r\n\r\n" + Step.OK
            })
    void protocolSwitchThatNobodyAskedForIsABadGateway(String response) throws IOException {
        assertBadGateway(response);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "g\r\nabc\r\n0\r\n\r\n",
                "3\r\nabcX\r\n0\r\n\r\n",
                "3\nabc\r\n0\r\n\r\n",
                "0x3\r\nabc\r\n0\r\n\r\n",
                "-3\r\nabc\r\n0\r\n\r\n",
                "10000000000000003\r\nabc\r\n0\r\n\r\n",
                "3\r\nabc\n0\r\n\r\n",
                "3 \r\nabc\r\n0\r\n\r\n",
                "3;x\ny\r\nabc\r\n0\r\n\r\n",
                "3\r\nabc\r\n0\r\nX : y\r\n\r\n",
                "3\r\nabc\r\n0\r\nX: y\r\n z\r\n\r\n",
                "3\r\nabc\r\n0\r\n\u0000\r\n\r\n",
                "\r\n3\r\nabc\r\n0\r\n\r\n",
                "3\r\nabc\r\n0\n\n"
            })
    void badChunkIsNeverTakenForTheEndOfTheContent(String chunks) throws IOException {
        ROUTER.upstream()
                .next(Step.answer("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\ngood\r\n" + chunks));
        assertBrokenOffOrBadGateway();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc",
                "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nab",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\nX: y\r\n"
            })
    void truncatedContentIsNeverSilentlyCompleted(String response) throws IOException {
        ROUTER.upstream().next(Step.answerAndClose(response));
        assertBrokenOffOrBadGateway();
        ROUTER.upstream().next(Step.answer(response).then(Step.reset()));
        assertBrokenOffOrBadGateway();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "HTTP/1.",
                "HTTP/1.1 200 OK\r\n",
                "HTTP/1.1 200 OK\r\nContent-Le",
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n",
                "HTTP/1.1 100 Continue\r\n\r\n",
                "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1"
            })
    void connectionClosedBeforeTheHeadIsABadGatewayForPost(String response) throws IOException {
        ROUTER.upstream()
                .next(Step.answerAndClose(response), Step.answer("HTTP/1.1 200 Twice\r\nContent-Length: 0\r\n\r\n"));
        try (RawClient client = ROUTER.client()) {
            RawResponse answer = client.exchange("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nab");
            assertThat(answer.status()).as("%s", answer).isEqualTo(502);
        }
    }

    @Test
    void headThatIsTooLargeIsABadGateway() throws IOException {
        assertBadGateway("HTTP/1.1 200 OK\r\nA: " + "b".repeat(40_000) + "\r\nContent-Length: 0\r\n\r\n");
        assertBadGateway("HTTP/1.1 200 OK\r\n" + "A: b\r\n".repeat(20_000) + "Content-Length: 0\r\n\r\n");
    }

    private static void assertBadGateway(String response) throws IOException {
        ROUTER.upstream().next(Step.answer(response).then(Step.untilClosed()));
        try (RawClient client = ROUTER.client()) {
            RawResponse answer = client.exchange(GET);
            assertThat(answer.status()).as("%s", answer).isEqualTo(502);
            Refusal.assertShort(answer);
            Verdict.assertKeepsItsWord(client, answer);
        }
        assertDiscarded();
    }

    private static void assertBrokenOffOrBadGateway() throws IOException {
        RawClient client = ROUTER.client();
        try (client) {
            client.send(GET);
            RawResponse answer = client.read();
            assertThat(answer.status()).as("%s", answer).isEqualTo(502);
        } catch (EOFException | SocketException brokenOff) {
            assertThat(Wire.text(client.seen())).as("broken off after the head").startsWith("HTTP/1.1 200 OK");
        }
        assertDiscarded();
    }

    private static void assertDiscarded() {
        Verdict.eventually().untilAsserted(() -> assertThat(ROUTER.upstream().connections())
                .filteredOn(c -> c.requests().stream().anyMatch(r -> r.target().equals("/")))
                .isNotEmpty()
                .allMatch(UpstreamConnection::closed, "closed by the router"));
    }
}
