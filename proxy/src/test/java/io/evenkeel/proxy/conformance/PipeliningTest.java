package io.evenkeel.proxy.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.evenkeel.proxy.testing.RawClient;
import io.evenkeel.proxy.testing.RawResponse;
import io.evenkeel.proxy.testing.RecordedRequest;
import io.evenkeel.proxy.testing.RouterFixture;
import io.evenkeel.proxy.testing.Step;
import io.evenkeel.proxy.testing.Wire;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that do not wait for responses: RFC 9112 §9.3.2. */
final class PipeliningTest {

    @RegisterExtension
    static final RouterFixture ROUTER = RouterFixture.plain();

    @Test
    void responsesComeInTheOrderOfTheRequests() throws IOException {
        int depth = 100;
        ROUTER.upstream().always(Step.echoTarget());
        try (RawClient client = ROUTER.client()) {
            client.send(String.join(
                    "", IntStream.range(0, depth).mapToObj(PipeliningTest::get).toList()));
            for (int i = 0; i < depth; i++) {
                assertThat(client.read().body().text()).isEqualTo("/" + i);
            }
        }
    }

    @Test
    void contentOfOneRequestIsNotTakenForTheNextRequest() throws IOException {
        ROUTER.upstream().always(Step.echoTarget());
        String content = "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n";
        try (RawClient client = ROUTER.client()) {
            client.send(
                    "POST /0 HTTP/1.1\r\nHost: a\r\nContent-Length: " + content.length() + "\r\n\r\n" + content + get(1)
                            + "POST /2 HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" + Wire.chunk(content)
                            + "0\r\nX: y\r\n\r\n" + get(3) + "\r\n" + get(4));
            for (int i = 0; i <= 4; i++) {
                assertThat(client.read().body().text()).isEqualTo("/" + i);
            }
            assertThat(client.hasMore()).isFalse();
        }
        assertThat(targets()).containsExactlyInAnyOrder("/0", "/1", "/2", "/3", "/4");
    }

    @Test
    void secondRequestIsNotForwardedBeforeTheFirstIsAnswered() throws IOException {
        CountDownLatch gate = new CountDownLatch(1);
        ROUTER.upstream().next(Step.readRequest().then(Step.await(gate)).then(Step.send(Step.OK)));
        try (RawClient client = ROUTER.client()) {
            client.send(get(0) + get(1));
            await().until(() -> targets().contains("/0"));
            assertAnswered(ROUTER);
            assertThat(targets()).as("only what came before the open answer").doesNotContain("/1");
            gate.countDown();
            assertThat(client.read().status()).isEqualTo(200);
            assertThat(client.read().status()).isEqualTo(200);
        }
        assertThat(targets()).contains("/1");
    }

    @Test
    void malformedRequestEndsThePipelineAfterTheResponsesBeforeIt() throws IOException {
        ROUTER.upstream().always(Step.echoTarget());
        try (RawClient client = ROUTER.client()) {
            client.send(get(0) + get(1) + "GET /2 HTTP/1.1\r\nHost : a\r\n\r\n" + get(3));
            assertThat(client.read().body().text()).isEqualTo("/0");
            assertThat(client.read().body().text()).isEqualTo("/1");
            RawResponse refusal = client.read();
            assertThat(refusal.status()).isEqualTo(400);
            assertThat(refusal.saysClose()).isTrue();
            assertThat(client.peerCloses()).isTrue();
        }
        assertThat(targets()).containsExactlyInAnyOrder("/0", "/1");
    }

    @Test
    void nothingAfterConnectionCloseIsServed() throws IOException {
        try (RawClient client = ROUTER.client()) {
            client.send(get(0) + "GET /1 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n" + get(2));
            assertThat(client.read().saysClose()).isFalse();
            assertThat(client.read().saysClose()).isTrue();
            assertThat(client.peerCloses()).isTrue();
        }
        assertThat(targets()).containsExactlyInAnyOrder("/0", "/1");
    }

    @Test
    void refusalThatKeepsTheConnectionKeepsThePipeline() throws IOException {
        ROUTER.upstream().always(Step.echoTarget());
        try (RawClient client = ROUTER.client()) {
            client.send(get(0) + "TRACE /1 HTTP/1.1\r\nHost: a\r\n\r\n" + get(2));
            assertThat(client.read().body().text()).isEqualTo("/0");
            RawResponse refusal = client.read();
            assertThat(refusal.status()).isEqualTo(405);
            if (refusal.saysClose()) {
                assertThat(client.peerCloses()).isTrue();
            } else {
                assertThat(client.read().body().text()).isEqualTo("/2");
            }
        }
    }

    @Test
    void failureOfOneUpstreamExchangeDoesNotDisturbTheNext() throws IOException {
        ROUTER.upstream().next(Step.ok(), Step.answerAndClose("garbage\r\n\r\n"), Step.ok());
        try (RawClient client = ROUTER.client()) {
            client.send(get(0) + get(1) + get(2));
            assertThat(client.read().status()).isEqualTo(200);
            RawResponse failed = client.read();
            assertThat(failed.status()).isEqualTo(502);
            if (!failed.saysClose()) {
                assertThat(client.read().status()).isEqualTo(200);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 50})
    void halfCloseAfterTheRequestsStillYieldsEveryResponse(int depth) throws IOException {
        ROUTER.upstream().always(Step.echoTarget());
        try (RawClient client = ROUTER.client()) {
            client.send(String.join(
                    "", IntStream.range(0, depth).mapToObj(PipeliningTest::get).toList()));
            client.halfClose();
            for (int i = 0; i < depth; i++) {
                assertThat(client.read().body().text()).isEqualTo("/" + i);
            }
            assertThat(client.peerCloses()).isTrue();
        }
    }

    private static void assertAnswered(RouterFixture router) throws IOException {
        try (RawClient other = router.client()) {
            assertThat(other.exchange(Verdict.CANARY).status()).isEqualTo(200);
        }
    }

    private static String get(int number) {
        return "GET /" + number + " HTTP/1.1\r\nHost: a\r\n\r\n";
    }

    private static List<String> targets() {
        return ROUTER.upstream().requests().stream()
                .map(RecordedRequest::target)
                .filter(target -> !target.equals("/canary"))
                .toList();
    }
}
