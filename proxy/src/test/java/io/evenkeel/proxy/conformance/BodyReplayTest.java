package io.evenkeel.proxy.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.proxy.testing.RawClient;
import io.evenkeel.proxy.testing.RecordedRequest;
import io.evenkeel.proxy.testing.RouterFixture;
import io.evenkeel.proxy.testing.Step;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests whose body has been sent, in part or whole, and that are sent again: RFC 9110 §9.2.2. */
final class BodyReplayTest {

    private static final String PUT = "PUT / HTTP/1.1\r\nHost: a\r\n";

    @RegisterExtension
    static final RouterFixture ROUTER = RouterFixture.plainWith("upstreams.0.retry.budgetMinPerSecond", 1000);

    private static List<RecordedRequest> puts() {
        return ROUTER.upstream().requests().stream()
                .filter(request ->
                        request.method().equals("PUT") || request.method().equals("DELETE"))
                .toList();
    }

    @ParameterizedTest
    @CsvSource({"PUT, 1", "PUT, 65536", "DELETE, 30000"})
    void aBodyWithinTheBoundIsSentAgain(String method, int length) throws IOException {
        String body = "x".repeat(length);
        ROUTER.upstream().next(Step.readRequest().then(Step.reset()));
        try (RawClient client = ROUTER.client()) {
            client.send(PUT.replace("PUT", method) + "Content-Length: " + length + "\r\n\r\n" + body);
            assertThat(client.read().status()).isEqualTo(200);
        }
        assertThat(puts())
                .hasSize(2)
                .allSatisfy(request -> assertThat(request.body().text()).isEqualTo(body));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 65537\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\n10001\r\n"})
    void aBodyBeyondTheBoundIsNot(String framing) throws IOException {
        ROUTER.upstream().next(Step.readRequest().then(Step.reset()));
        try (RawClient client = ROUTER.client()) {
            client.send(PUT + framing + "x".repeat(65537) + (framing.contains("chunked") ? "\r\n0\r\n\r\n" : ""));
            assertThat(client.read().status()).isEqualTo(502);
        }
        assertThat(puts()).hasSize(1);
    }

    @Test
    void aBodyThatIsStillComingInIsSentAgainAndGoesOn() throws IOException {
        CountDownLatch begun = new CountDownLatch(1);
        ROUTER.upstream().next(Step.readHead().then(Step.signal(begun)).then(Step.reset()));
        try (RawClient client = ROUTER.client()) {
            client.send(PUT + "Content-Length: 9\r\n\r\n1234");
            Verdict.eventually().until(() -> puts().size() == 2);
            client.send("56789");
            assertThat(client.read().status()).isEqualTo(200);
        }
        assertThat(puts().get(1).body().text()).isEqualTo("123456789");
    }

    static List<Integer> splits() {
        return java.util.stream.IntStream.range(1, CHUNKED.length()).boxed().toList();
    }

    private static final String CHUNKED = "5;x=y\r\nhello\r\n2\r\n, \r\n5\r\nworld\r\n0\r\nX: y\r\n\r\n";

    @ParameterizedTest
    @MethodSource("splits")
    void chunksThatWereCutAnywhereArriveWhole(int cut) throws IOException {
        ROUTER.upstream().next(Step.readHead().then(Step.close()));
        try (RawClient client = ROUTER.client()) {
            client.send(PUT + "Transfer-Encoding: chunked\r\n\r\n" + CHUNKED.substring(0, cut));
            Verdict.eventually().until(() -> puts().size() == 2);
            client.send(CHUNKED.substring(cut));
            assertThat(client.read().status()).isEqualTo(200);
        }
        assertThat(puts().get(1).body().text()).isEqualTo("hello, world");
    }

    @Test
    void aBodyThatIsKeptIsLetGoWhenTheClientLeaves() throws IOException {
        CountDownLatch gate = new CountDownLatch(1);
        ROUTER.upstream().always(Step.readHead().then(Step.signal(gate)).then(Step.untilClosed()));
        try (RawClient client = ROUTER.client()) {
            client.send(PUT + "Content-Length: 9\r\n\r\n1234");
            Verdict.eventually().until(() -> gate.getCount() == 0);
        }
        ROUTER.assertAtRest();
    }

    @Test
    void aBodyThatIsMalformedAfterAllIsLetGo() throws IOException {
        ROUTER.upstream().always(Step.readHead().then(Step.untilClosed()));
        try (RawClient client = ROUTER.client()) {
            client.send(PUT + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nnonsense\r\n");
            assertThat(client.read().status()).isEqualTo(400);
        }
        ROUTER.assertAtRest();
    }
}
