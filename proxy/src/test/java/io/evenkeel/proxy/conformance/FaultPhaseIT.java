package io.evenkeel.proxy.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.config.RouterConfig;
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
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * An endpoint that fails in every phase, for every kind of request: what the client gets, and how many attempts are made. {@code 0}: the response is broken
 * off. After each row nothing is in flight and no buffer is held.
 */
final class FaultPhaseIT {

    /** Time enough for an endpoint that is to answer, little enough for a test. */
    private static final Duration TRY = Duration.ofMillis(500);

    private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n";

    /** A request with a body, all of it sent; {@code PUT…}: the rest of it is never sent. */
    private static final Map<String, String> REQUESTS = Map.of(
            "GET", "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
            "HEAD", "HEAD / HTTP/1.1\r\nHost: a\r\n\r\n",
            "DELETE", "DELETE / HTTP/1.1\r\nHost: a\r\n\r\n",
            "PUT", "PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc",
            "PUT...", "PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nabc",
            "POST", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc",
            "POST...", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nabc",
            "PATCH", "PATCH / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc");

    private static final Map<String, Step> FAULTS = Map.of(
            "reset before the head", Step.readHead().then(Step.reset()),
            "close before the head", Step.readHead().then(Step.close()),
            "close in the head",
                    Step.readHead().then(Step.send("HTTP/1.1 200 OK\r\nConte")).then(Step.close()),
            "close in the body", Step.readHead().then(Step.send(HEAD + "1234")).then(Step.close()),
            "garbage", Step.readHead().then(Step.send("SSH-2.0-OpenSSH\r\n\r\n")),
            "answer 502", Step.answer("HTTP/1.1 502 Bad\r\nContent-Length: 0\r\n\r\n"),
            "answer 503, come back", Step.answer("HTTP/1.1 503 Full\r\nRetry-After: 1\r\nContent-Length: 0\r\n\r\n"),
            "early answer",
                    Step.readHead()
                            .then(Step.send("HTTP/1.1 413 Much\r\nContent-Length: 0\r\n\r\n"))
                            .then(Step.readBody()));

    @RegisterExtension
    static final RouterFixture ROUTER = RouterFixture.start(FaultPhaseIT::config);

    private static RouterConfig config(InetSocketAddress... endpoints) {
        RouterConfig paid = TestConfig.with(TestConfig.plain(endpoints), "upstreams.0.retry.budgetMinPerSecond", 1000);
        return TestConfig.with(paid, "upstreams.0.retry.statuses", List.of("502-503"));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "reset before the head, GET, 200, 2",
        "reset before the head, HEAD, 200, 2",
        "reset before the head, DELETE, 200, 2",
        "reset before the head, PUT, 200, 2",
        "reset before the head, POST, 502, 1",
        "reset before the head, POST..., 502, 1",
        "reset before the head, PATCH, 502, 1",
        "close before the head, GET, 200, 2",
        "close before the head, PUT, 200, 2",
        "close before the head, POST, 502, 1",
        "close in the head, GET, 502, 1",
        "close in the head, POST, 502, 1",
        "close in the body, GET, 0, 1",
        "close in the body, PUT, 0, 1",
        "close in the body, POST, 0, 1",
        "garbage, GET, 502, 1",
        "garbage, PUT, 502, 1",
        "garbage, POST, 502, 1",
        "answer 502, GET, 200, 2",
        "answer 502, PUT, 200, 2",
        "answer 502, POST, 502, 1",
        "'answer 503, come back', GET, 503, 1",
        "'answer 503, come back', PUT, 503, 1",
        "'answer 503, come back', POST, 503, 1",
        "early answer, GET, 413, 1",
        "early answer, PUT, 413, 1",
        "early answer, PUT..., 413, 1",
        "early answer, POST..., 413, 1"
    })
    void theClientGetsThisAfterSoManyAttempts(String fault, String request, int status, int attempts)
            throws IOException {
        ROUTER.upstream().next(Objects.requireNonNull(FAULTS.get(fault)), Step.ok());
        assertThat(status(ROUTER, request)).isEqualTo(status);
        assertThat(ROUTER.upstream().requests()).hasSize(attempts);
        ROUTER.assertAtRest();
    }

    @ParameterizedTest
    @CsvSource({"GET, 200, 2", "HEAD, 200, 2", "PUT, 200, 2", "POST, 504, 1", "PATCH, 504, 1"})
    void silenceEndsATryAndWhatMayBeRepeatedIsTriedElsewhere(String request, int status, int attempts)
            throws IOException {
        try (RouterFixture router =
                RouterFixture.start(live -> TestConfig.with(config(live), "upstreams.0.retry.perTryTimeout", TRY))) {
            router.upstream().next(Step.readHead().then(Step.untilClosed()), Step.ok());
            assertThat(status(router, request)).isEqualTo(status);
            assertThat(router.upstream().requests()).hasSize(attempts);
        }
    }

    @ParameterizedTest
    @CsvSource({"GET, 502", "PUT, 502", "POST, 502"})
    void endpointsThatRefuseAreTriedAsOftenAsAllowedWhateverTheMethod(String request, int status) throws IOException {
        try (RouterFixture router =
                RouterFixture.start(live -> config(RecordingUpstream.deadAddress(), RecordingUpstream.deadAddress()))) {
            assertThat(status(router, request)).isEqualTo(status);
            assertThat(router.metrics().sum("evenkeel_retries_total")).isEqualTo(1);
        }
    }

    @Test
    void endpointsThatAllFailAreOneFailureOfTheExchange() throws IOException {
        ROUTER.upstream().always(Step.readHead().then(Step.reset()));
        double before = ROUTER.metrics().sum("evenkeel_failures_total");
        assertThat(status(ROUTER, "PUT")).isEqualTo(502);
        assertThat(ROUTER.metrics().sum("evenkeel_failures_total")).isEqualTo(before + 1);
    }

    private static int status(RouterFixture router, String request) throws IOException {
        RawClient client = router.client();
        try (client) {
            return client.exchange(Objects.requireNonNull(REQUESTS.get(request)))
                    .status();
        } catch (EOFException | SocketException brokenOff) {
            assertThat(Wire.text(client.seen())).startsWith("HTTP/1.1 200 OK\r\n");
            return 0;
        }
    }
}
