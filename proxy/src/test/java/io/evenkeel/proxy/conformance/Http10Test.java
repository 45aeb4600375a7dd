package io.evenkeel.proxy.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.proxy.testing.Body;
import io.evenkeel.proxy.testing.RawClient;
import io.evenkeel.proxy.testing.RawResponse;
import io.evenkeel.proxy.testing.RouterFixture;
import io.evenkeel.proxy.testing.Step;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Clients that speak HTTP/1.0: RFC 9112 §2.3, §7, §9.3, appendix C. */
final class Http10Test {

    private static final String GET = "GET / HTTP/1.0\r\nHost: a\r\n\r\n";
    private static final String KEPT = "GET / HTTP/1.0\r\nHost: a\r\nConnection: Keep-Alive\r\n\r\n";
    private static final String CHUNKED =
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\nX-Sum: 1\r\n\r\n";

    @RegisterExtension
    static final RouterFixture ROUTER = RouterFixture.plain();

    @Test
    void requestIsForwardedInOurOwnVersion() throws IOException {
        try (RawClient client = ROUTER.client()) {
            client.exchange(GET);
        }
        assertThat(Verdict.onlyRequest(ROUTER).head()).isEqualTo("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    }

    @Test
    void connectionIsClosedAfterTheResponse() throws IOException {
        try (RawClient client = ROUTER.client()) {
            RawResponse response = client.exchange(GET);
            assertThat(response.body().text()).isEqualTo("ok");
            assertThat(response.saysClose()).isTrue();
            assertThat(client.peerCloses()).isTrue();
        }
    }

    @Test
    void keepAliveThatIsAskedForIsGrantedInWords() throws IOException {
        try (RawClient client = ROUTER.client()) {
            RawResponse response = client.exchange(KEPT);
            assertThat(response.fields().lists("Connection", "keep-alive")).isTrue();
            assertThat(client.exchange(KEPT).status()).isEqualTo(200);
            assertThat(client.exchange(GET).saysClose()).isTrue();
            assertThat(client.peerCloses()).isTrue();
        }
    }

    @Test
    void closeWinsOverKeepAlive() throws IOException {
        try (RawClient client = ROUTER.client()) {
            RawResponse response = client.exchange(KEPT.replace("Keep-Alive", "keep-alive, close"));
            assertThat(response.saysClose()).isTrue();
            assertThat(client.peerCloses()).isTrue();
        }
    }

    @Test
    void chunkedResponseIsUnframedAndEndsWithTheConnection() throws IOException {
        ROUTER.upstream().next(Step.answer(CHUNKED), Step.answer(CHUNKED));
        for (String request : new String[] {GET, KEPT}) {
            try (RawClient client = ROUTER.client()) {
                RawResponse response = client.exchange(request);
                assertThat(response.fields().has("Transfer-Encoding")).isFalse();
                assertThat(response.fields().has("Trailer")).isFalse();
                assertThat(response.body().framing()).isEqualTo(Body.Framing.UNTIL_CLOSE);
                assertThat(response.body().text()).isEqualTo("abcde");
                assertThat(response.fields().lists("Connection", "keep-alive")).isFalse();
            }
        }
    }

    @Test
    void headOfAChunkedResponseHasNoTransferEncoding() throws IOException {
        ROUTER.upstream().next(Step.answer("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"));
        try (RawClient client = ROUTER.client()) {
            assertThat(client.exchange(GET.replace("GET", "HEAD")).fields().has("Transfer-Encoding"))
                    .isFalse();
        }
    }

    @Test
    void truncatedChunkedResponseIsResetRatherThanEnded() throws IOException {
        ROUTER.upstream()
                .next(Step.answerAndClose("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n"));
        try (RawClient client = ROUTER.client()) {
            client.send(GET);
            assertThat(client.peerResets()).as("a FIN would make it look whole").isTrue();
        }
    }

    @Test
    void contentOfARequestIsForwarded() throws IOException {
        try (RawClient client = ROUTER.client()) {
            client.exchange("POST / HTTP/1.0\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc");
        }
        assertThat(Verdict.onlyRequest(ROUTER).body().text()).isEqualTo("abc");
    }

    @Test
    void upgradeIsIgnored() throws IOException {
        try (RawClient client = ROUTER.client()) {
            client.exchange("GET / HTTP/1.0\r\nHost: a\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n");
        }
        assertThat(Verdict.onlyRequest(ROUTER).fields().has("Upgrade")).isFalse();
    }
}
