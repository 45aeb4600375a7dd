package io.evenkeel.proxy.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.proxy.testing.Body;
import io.evenkeel.proxy.testing.RawClient;
import io.evenkeel.proxy.testing.RawResponse;
import io.evenkeel.proxy.testing.RouterFixture;
import io.evenkeel.proxy.testing.Step;
import io.evenkeel.proxy.testing.Wire;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a response ends, and that it arrives as it was sent: RFC 9112 §6.3, §7, RFC 9110 §6.5, §8.6. */
final class ResponseRelayTest {

    private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final String HEAD = "HEAD / HTTP/1.1\r\nHost: a\r\n\r\n";
    /** Without it the router would add its own (RFC 9110 §6.6.1). */
    private static final String DATE = "Date: Sun, 06 Nov 1994 08:49:37 GMT\r\n";

    private static final String CHUNKED = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

    @RegisterExtension
    static final RouterFixture ROUTER = RouterFixture.plain();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
                "HTTP/1.1 200 \r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 500 Kaputt \u00e4\t!\r\nX: \u00e4\r\nx: 2\r\nContent-Length: 1\r\n\r\nx",
                "HTTP/1.1 503 Busy\r\nRetry-After: 1\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 204 No Content\r\nETag: \"x\"\r\n\r\n",
                "HTTP/1.1 304 Not Modified\r\nETag: \"x\"\r\n\r\n",
                "HTTP/1.1 304 Not Modified\r\nContent-Length: 5000\r\n\r\n",
                "HTTP/1.1 299 Odd\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\nContent-Length:  3 \r\n\r\nabc",
                "HTTP/1.1 599 \r\nContent-Length: 0\r\n\r\n"
            })
    void responseThatNeedsNoChangeArrivesOctetForOctet(String response) throws IOException {
        String dated = response.replaceFirst("\r\n", "\r\n" + DATE);
        ROUTER.upstream().next(Step.answer(dated));
        try (RawClient client = ROUTER.client()) {
            client.exchange(GET);
            assertThat(Wire.text(client.seen())).isEqualTo(dated);
            assertStaysOpenAndReuses(client);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n",
                        "HTTP/1.1 404 Not Found\r\nContent-Length: 3\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "HTTP/1.1 200 OK\r\n\r\n"
            })
    void responseToHeadHasNoContentWhateverItsFieldsSay(String response) throws IOException {
        String dated = response.replaceFirst("\r\n", "\r\n" + DATE);
        ROUTER.upstream().next(Step.answer(dated));
        try (RawClient client = ROUTER.client()) {
            client.exchange(HEAD);
            assertThat(Wire.text(client.seen())).isEqualTo(dated);
            assertStaysOpenAndReuses(client);
        }
    }

    @Test
    void contentAfterTheResponseToHeadIsNotRelayed() throws IOException {
        ROUTER.upstream().next(Step.answer("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nHTTP/"));
        try (RawClient client = ROUTER.client()) {
            client.exchange(HEAD);
            RawResponse next = client.exchange(Verdict.CANARY);
            assertThat(next.status()).isEqualTo(200);
            assertThat(next.body().text()).isEqualTo("ok");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"204 No Content", "304 Not Modified"})
    void contentAfterAResponseThatHasNoneIsNotRelayed(String status) throws IOException {
        ROUTER.upstream().next(Step.answer("HTTP/1.1 " + status + "\r\nContent-Length: 3\r\n\r\nabc"));
        try (RawClient client = ROUTER.client()) {
            assertThat(client.exchange(GET).status()).isIn(204, 304, 502);
            assertThat(client.exchange(Verdict.CANARY).body().text()).isEqualTo("ok");
        }
    }

    @Test
    void octetsAfterTheEndOfAResponseAreNoResponseToTheNextRequest() throws IOException {
        ROUTER.upstream().next(Step.answer(Step.OK + "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil"));
        try (RawClient client = ROUTER.client()) {
            assertThat(client.exchange(GET).body().text()).isEqualTo("ok");
            assertThat(client.exchange(GET).body().text()).isEqualTo("ok");
        }
        assertThat(ROUTER.upstream().connections())
                .as("a connection of its own for the second")
                .hasSizeGreaterThan(1);
    }

    @Test
    void responseUntilCloseIsWholeForTheClient() throws IOException {
        ROUTER.upstream().next(Step.answerAndClose("HTTP/1.1 200 OK\r\n\r\nuntil close"));
        try (RawClient client = ROUTER.client()) {
            RawResponse response = client.exchange(GET);
            assertThat(response.body().text()).isEqualTo("until close");
            Verdict.assertKeepsItsWord(client, response);
        }
    }

    @Test
    void responseUntilCloseOfAnHttp10EndpointIsWhole() throws IOException {
        ROUTER.upstream().next(Step.answerAndClose("HTTP/1.0 200 OK\r\nX: y\r\n\r\nold"));
        try (RawClient client = ROUTER.client()) {
            RawResponse response = client.exchange(GET);
            assertThat(response.version()).as("RFC 9110 §2.5: our own version").isEqualTo("HTTP/1.1");
            assertThat(response.body().text()).isEqualTo("old");
            Verdict.assertKeepsItsWord(client, response);
        }
    }

    @Test
    void http10EndpointIsNotAskedTwiceOnOneConnection() throws IOException {
        ROUTER.upstream().next(Step.answer("HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok"));
        try (RawClient client = ROUTER.client()) {
            assertThat(client.exchange(GET).body().text()).isEqualTo("ok");
            assertThat(client.exchange(GET).body().text()).isEqualTo("ok");
        }
        assertThat(ROUTER.upstream().connections()).allMatch(c -> c.requests().size() <= 1);
    }

    @Test
    void connectionCloseOfTheEndpointEndsItsConnectionAndNotTheClients() throws IOException {
        ROUTER.upstream().next(Step.answer("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok"));
        try (RawClient client = ROUTER.client()) {
            RawResponse response = client.exchange(GET);
            assertThat(response.fields().has("Connection")).isFalse();
            assertThat(client.exchange(GET).status()).isEqualTo(200);
        }
        assertThat(ROUTER.upstream().connections()).allMatch(c -> c.requests().size() <= 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "3\r\nabc\r\n0\r\n\r\n",
                "1\r\na\r\n02\r\nbc\r\n000\r\n\r\n",
                "3;x=y\r\nabc\r\n0;z\r\n\r\n",
                "3;x=\"\\\";\"\r\nabc\r\n0\r\n\r\n",
                "3\r\nabc\r\n0\r\nX-Sum: 1\r\n\r\n"
            })
    void chunkedResponseIsReframedAndItsExtensionsDropped(String chunks) throws IOException {
        ROUTER.upstream().next(Step.answer(CHUNKED + chunks));
        try (RawClient client = ROUTER.client()) {
            RawResponse response = client.exchange(GET);
            assertThat(response.body().framing()).isEqualTo(Body.Framing.CHUNKED);
            assertThat(response.body().text()).isEqualTo("abc");
            assertThat(response.body().trailers().has("X-Sum")).isEqualTo(chunks.contains("X-Sum"));
            assertThat(response.fields().has("X-Sum"))
                    .as("trailers are never merged")
                    .isFalse();
            assertStaysOpenAndReuses(client);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Chunked", "\t chunked ", "CHUNKED"})
    void codingNamesAreCaseInsensitive(String coding) throws IOException {
        ROUTER.upstream().next(Step.answer(CHUNKED.replace("chunked", coding) + "3\r\nabc\r\n0\r\n\r\n"));
        try (RawClient client = ROUTER.client()) {
            assertThat(client.exchange(GET).body().text()).isEqualTo("abc");
        }
    }

    @Test
    void clientThatAsksForCloseGetsIt() throws IOException {
        try (RawClient client = ROUTER.client()) {
            RawResponse response = client.exchange("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
            assertThat(response.fields().lists("Connection", "close")).isTrue();
            assertThat(client.peerCloses()).isTrue();
        }
        assertThat(Verdict.onlyRequest(ROUTER).fields().has("Connection"))
                .as("close is ours alone")
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Close", "keep-alive, close", "x-hop , CLOSE", "close\r\nConnection: keep-alive"})
    void closeIsFoundInAnySpelling(String value) throws IOException {
        try (RawClient client = ROUTER.client()) {
            RawResponse response = client.exchange("GET / HTTP/1.1\r\nHost: a\r\nConnection: " + value + "\r\n\r\n");
            assertThat(response.saysClose()).isTrue();
            assertThat(client.peerCloses()).isTrue();
        }
    }

    @Test
    void responseWithoutDateGetsOne() throws IOException {
        try (RawClient client = ROUTER.client()) {
            assertThat(client.exchange(GET).fields().all("Date"))
                    .as("RFC 9110 §6.6.1")
                    .hasSize(1);
        }
    }

    @Test
    void emptyUnframedResponseIsWhole() throws IOException {
        ROUTER.upstream().next(Step.answerAndClose("HTTP/1.1 200 OK\r\n\r\n"));
        try (RawClient client = ROUTER.client()) {
            RawResponse response = client.exchange(GET);
            assertThat(response.status()).isEqualTo(200);
            assertThat(response.body().length()).isZero();
            Verdict.assertKeepsItsWord(client, response);
        }
    }

    private static void assertStaysOpenAndReuses(RawClient client) throws IOException {
        assertThat(client.exchange(Verdict.CANARY).status()).isEqualTo(200);
        assertThat(ROUTER.upstream().connections())
                .as("the upstream connection is recycled")
                .hasSize(1);
    }
}
