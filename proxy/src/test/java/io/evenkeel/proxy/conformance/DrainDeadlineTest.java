package io.evenkeel.proxy.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.evenkeel.config.DrainConfig;
import io.evenkeel.proxy.testing.RawClient;
import io.evenkeel.proxy.testing.RecordingUpstream;
import io.evenkeel.proxy.testing.RouterFixture;
import io.evenkeel.proxy.testing.Step;
import io.evenkeel.proxy.testing.TestConfig;
import io.evenkeel.proxy.testing.Wire;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is in flight at a drained endpoint goes on until the deadline and is ended then, in a way that its client notices. */
@Timeout(60)
final class DrainDeadlineTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration SOON = Duration.ofMillis(300);
    private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final String POST = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc";

    private final RecordingUpstream second = RecordingUpstream.start();
    private final CountDownLatch gate = new CountDownLatch(1);

    @ParameterizedTest
    @CsvSource({"Transfer-Encoding: chunked", "Content-Length: 1000", "X-Until: close"})
    void anEventStreamIsCutAtTheDeadline(String framing) throws IOException {
        try (second;
                RouterFixture fixture = fixture(SOON);
                RawClient client = fixture.client()) {
            drain(fixture, second);
            stream(fixture.upstream(), framing);
            openStream(client, framing);
            drain(fixture, fixture.upstream());

            assertThat(isCut(client)).isTrue();
            assertThat(fixture.metrics().sum("evenkeel_failures_total", "reason=\"drained\""))
                    .isEqualTo(1.0);
        }
    }

    @Test
    void anUnansweredRequestThatMayBeSentAgainIsAnsweredByAnother() throws IOException {
        try (second;
                RouterFixture fixture = fixture(SOON);
                RawClient client = fixture.client()) {
            hang(fixture, client, GET);
            drain(fixture, fixture.upstream());

            assertThat(client.read().status()).isEqualTo(200);
            assertThat(second.requests()).hasSize(1);
        }
    }

    @Test
    void anUnansweredRequestThatMayNotBeSentAgainIsRefused() throws IOException {
        try (second;
                RouterFixture fixture = fixture(SOON);
                RawClient client = fixture.client()) {
            hang(fixture, client, POST);
            drain(fixture, fixture.upstream());

            assertThat(client.read().status()).isEqualTo(503);
            assertThat(second.requests()).isEmpty();
            assertThat(client.exchange(GET).status()).isEqualTo(200);
        }
    }

    /** The stream at the second endpoint tells the time: its deadline comes after that of the first would have. */
    @Test
    void aDrainTakenBackInTimeLeavesTheStreamAlone() throws IOException {
        try (second;
                RouterFixture fixture = fixture(Duration.ofSeconds(1));
                RawClient spared = fixture.client();
                RawClient cut = fixture.client()) {
            drain(fixture, second);
            fixture.upstream()
                    .next(event("Content-Length: 14").then(Step.await(gate)).then(Step.send("so far")));
            openStream(spared, "Content-Length: 14");
            undrain(fixture, second);
            stream(second, "Content-Length: 14");
            openStream(cut, "Content-Length: 14");
            drain(fixture, fixture.upstream());
            undrain(fixture, fixture.upstream());
            drain(fixture, second);

            assertThat(isCut(cut)).isTrue();
            gate.countDown();
            spared.skip(6);
            assertThat(spared.exchange(GET).status()).isEqualTo(200);
        }
    }

    @Test
    void everybodyCanSeeWhoDrainsAndUntilWhen() throws IOException {
        try (second;
                RouterFixture fixture = fixture(Duration.ofHours(1))) {
            drain(fixture, second);

            JsonNode endpoints = endpoints(fixture);
            assertThat(endpoints.get(0).get("drained_by")).isEmpty();
            assertThat(endpoints.get(0).get("drain_deadline").isNull()).isTrue();
            assertThat(endpoints.get(1).get("drained_by").get(0).asText()).isEqualTo("operator");
            assertThat(endpoints.get(1).get("drain_deadline").asText()).endsWith("Z");
        }
    }

    private RouterFixture fixture(Duration deadline) {
        return RouterFixture.start(first -> TestConfig.with(
                TestConfig.plain(first, second.address()),
                "upstreams.0.drain",
                new DrainConfig(deadline, Duration.ZERO, "drain")));
    }

    private static void stream(RecordingUpstream upstream, String framing) {
        upstream.next(event(framing).then(Step.untilClosed()));
    }

    private static Step event(String framing) {
        String event = "data: 1\n";
        return Step.answer("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n" + framing + "\r\n\r\n"
                + (framing.contains("chunked") ? Wire.chunk(event) : event));
    }

    private static void openStream(RawClient client, String framing) throws IOException {
        client.send("GET /events HTTP/1.1\r\nHost: a\r\n\r\n");
        assertThat(client.readHead()).startsWith("HTTP/1.1 200 OK");
        client.skip(framing.contains("chunked") ? Wire.chunk("data: 1\n").length() : 8);
    }

    /** Whether the stream ends otherwise than a complete response does. */
    private static boolean isCut(RawClient client) throws IOException {
        if (new String(client.seen(), StandardCharsets.ISO_8859_1).contains("X-Until: close")) {
            return client.peerResets();
        }
        try {
            client.skip(1);
            return false;
        } catch (EOFException | SocketException ended) {
            return true;
        }
    }

    /** Has a request wait for an answer of the fixture's own upstream. */
    private void hang(RouterFixture fixture, RawClient client, String request) throws IOException {
        drain(fixture, second);
        fixture.upstream().next(Step.readRequest().then(Step.untilClosed()));
        client.send(request);
        await().atMost(PATIENCE).until(() -> !fixture.upstream().requests().isEmpty());
        undrain(fixture, second);
    }

    private static void undrain(RouterFixture fixture, RecordingUpstream endpoint) throws IOException {
        assertThat(post(fixture, "/undrain", endpoint)).isEqualTo(200);
    }

    private static void drain(RouterFixture fixture, RecordingUpstream endpoint) throws IOException {
        assertThat(post(fixture, "/drain", endpoint)).isEqualTo(200);
    }

    private static int post(RouterFixture fixture, String path, RecordingUpstream endpoint) throws IOException {
        InetSocketAddress admin = fixture.router().adminAddress();
        try (RawClient client = RawClient.connect(admin)) {
            String query = "?endpoint=127.0.0.1:" + endpoint.address().getPort();
            return client.exchange("POST " + path + query + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n")
                    .status();
        }
    }

    private static JsonNode endpoints(RouterFixture fixture) throws IOException {
        try (RawClient client = RawClient.connect(fixture.router().adminAddress())) {
            String body = client.exchange("GET /endpoints HTTP/1.1\r\nHost: localhost\r\n\r\n")
                    .body()
                    .text();
            return new ObjectMapper().readTree(body).get("upstreams").get(0).get("endpoints");
        }
    }
}
