package io.evenkeel.proxy.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.evenkeel.proxy.testing.RawClient;
import io.evenkeel.proxy.testing.RouterFixture;
import io.evenkeel.proxy.testing.Step;
import io.evenkeel.proxy.testing.Wire;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What has come is passed on at once, both ways: event streams, gRPC and long polls live on it. */
final class StreamingTest {

    @RegisterExtension
    static final RouterFixture ROUTER = RouterFixture.plain();

    @ParameterizedTest
    @CsvSource({"Transfer-Encoding: chunked", "Content-Length: 13", "X-Until: close"})
    void eventReachesTheClientBeforeTheNextIsSent(String framing) throws IOException {
        boolean chunked = framing.contains("chunked");
        CountDownLatch gate = new CountDownLatch(1);
        String first = "data: 1\n\n";
        String head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n" + framing + "\r\n\r\n";
        ROUTER.upstream()
                .next(Step.answer(head + (chunked ? Wire.chunk(first) : first))
                        .then(Step.await(gate))
                        .then(Step.send(chunked ? Wire.chunk("last") + "0\r\n\r\n" : "last"))
                        .then(Step.close()));
        try (RawClient client = ROUTER.client()) {
            client.send("POST /events HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n");
            assertThat(client.readHead()).startsWith("HTTP/1.1 200 OK");
            client.skip(chunked ? Wire.chunk(first).length() : first.length());
            gate.countDown();
            client.skip(chunked ? Wire.chunk("last").length() : 4);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void contentReachesTheEndpointBeforeTheRestIsSent(boolean chunked) throws IOException {
        String frame = chunked ? "Transfer-Encoding: chunked" : "Content-Length: 6";
        try (RawClient client = ROUTER.client()) {
            client.send("POST / HTTP/1.1\r\nHost: a\r\n" + frame + "\r\n\r\n" + (chunked ? Wire.chunk("abc") : "abc"));
            await().until(() -> ROUTER.upstream().connections().stream()
                    .anyMatch(connection -> Wire.text(connection.received()).contains("abc")));
            assertThat(client.exchange(chunked ? Wire.chunk("def") + "0\r\n\r\n" : "def")
                            .status())
                    .isEqualTo(200);
        }
        assertThat(ROUTER.upstream().requests().get(0).body().text()).isEqualTo("abcdef");
    }

    @Test
    void headReachesTheClientBeforeTheContent() throws IOException {
        CountDownLatch gate = new CountDownLatch(1);
        ROUTER.upstream()
                .next(Step.answer("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n")
                        .then(Step.await(gate))
                        .then(Step.send("ok")));
        try (RawClient client = ROUTER.client()) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(client.readHead()).startsWith("HTTP/1.1 200 OK");
            gate.countDown();
            client.skip(2);
        }
    }
}
