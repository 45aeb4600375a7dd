package io.evenkeel.proxy.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.config.RouterConfig;
import io.evenkeel.proxy.testing.RawClient;
import io.evenkeel.proxy.testing.RawResponse;
import io.evenkeel.proxy.testing.RecordingUpstream;
import io.evenkeel.proxy.testing.RouterFixture;
import io.evenkeel.proxy.testing.Step;
import io.evenkeel.proxy.testing.TestConfig;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How long one attempt may keep an exchange. Short times, never measured. */
final class PerTryTimeoutTest {

    private static final Duration SHORT = Duration.ofMillis(150);
    private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final Step SILENCE = Step.readRequest().then(Step.untilClosed());

    @RegisterExtension
    static final RouterFixture ROUTER = RouterFixture.start(PerTryTimeoutTest::config);

    private static RouterConfig config(InetSocketAddress... endpoints) {
        return TestConfig.with(TestConfig.plain(endpoints), "upstreams.0.retry.perTryTimeout", SHORT);
    }

    @Test
    void aSilentEndpointIsFollowedByAnotherAttempt() throws IOException {
        ROUTER.upstream().next(SILENCE);
        try (RawClient client = ROUTER.client()) {
            assertThat(client.exchange(GET).status()).isEqualTo(200);
        }
        assertThat(ROUTER.upstream().requests()).hasSize(2);
    }

    @Test
    void silenceAfterAnInterimResponseOrInAHeadIsSilence() throws IOException {
        ROUTER.upstream()
                .next(
                        Step.answer("HTTP/1.1 103 Early Hints\r\n\r\n").then(Step.untilClosed()),
                        Step.ok(),
                        Step.answer("HTTP/1.1 200 OK\r\nConten").then(Step.untilClosed()),
                        Step.ok());
        for (int i = 0; i < 2; i++) {
            try (RawClient client = ROUTER.client()) {
                assertThat(client.exchange(GET).status()).isEqualTo(200);
            }
        }
    }

    @Test
    void aRequestThatMayNotBeRepeatedIs504() throws IOException {
        double before = ROUTER.metrics().sum("evenkeel_failures_total", "reason=\"per_try_timeout\"");
        ROUTER.upstream().next(SILENCE);
        try (RawClient client = ROUTER.client()) {
            RawResponse response = client.exchange("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n");
            assertThat(response.status()).isEqualTo(504);
            Refusal.assertShort(response);
        }
        assertThat(ROUTER.upstream().requests()).hasSize(1);
        assertThat(ROUTER.metrics().sum("evenkeel_failures_total", "reason=\"per_try_timeout\""))
                .isEqualTo(before + 1);
    }

    @Test
    void theLastAttemptThatIsSilentIs504() throws IOException {
        ROUTER.upstream().always(SILENCE);
        try (RawClient client = ROUTER.client()) {
            assertThat(client.exchange(GET).status()).isEqualTo(504);
        }
        assertThat(ROUTER.upstream().requests()).hasSize(2);
    }

    @Test
    void aBodyThatIsSlowToComeOrAStreamThatIsSilentIsNotHurried() throws IOException {
        CountDownLatch gate = new CountDownLatch(1);
        ROUTER.upstream()
                .next(Step.answer("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\na")
                        .then(Step.await(gate))
                        .then(Step.send("bc")));
        try (RawClient slow = ROUTER.client();
                RawClient other = ROUTER.client()) {
            slow.send("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\na");
            Verdict.eventually().until(() -> !ROUTER.upstream().requests().isEmpty());
            ROUTER.upstream().next(SILENCE);
            assertThat(other.exchange(GET).status()).as("so long has passed").isEqualTo(200);
            slow.send("b");
            slow.readHead();
            ROUTER.upstream().next(SILENCE);
            assertThat(other.exchange(GET).status()).as("and again").isEqualTo(200);
            gate.countDown();
            slow.skip(3);
        }
    }

    @ParameterizedTest
    @CsvSource({"GET, 200", "POST, 200"})
    void anEndpointThatDoesNotAcceptIsPassedOverForAnyMethod(String method, int status) throws IOException {
        try (RecordingUpstream full = RecordingUpstream.thatNeverAccepts();
                RouterFixture router = RouterFixture.start(live -> TestConfig.with(
                        config(full.address(), live), "upstreams.0.timeouts.connect", Duration.ofSeconds(30)))) {
            for (int i = 0; i < 2; i++) {
                try (RawClient client = router.client()) {
                    String request = method + " / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n";
                    assertThat(client.exchange(request).status()).isEqualTo(status);
                }
            }
        }
    }

    @Test
    void theTotalTimeBoundsAllAttempts() throws IOException {
        try (RouterFixture router = RouterFixture.start(address -> TestConfig.with(
                TestConfig.with(config(address), "upstreams.0.timeouts.total", SHORT.plusMillis(100)),
                "upstreams.0.maxAttempts",
                10))) {
            router.upstream().always(SILENCE);
            try (RawClient client = router.client()) {
                assertThat(client.exchange(GET).status()).isEqualTo(504);
            }
            assertThat(router.metrics().sum("evenkeel_failures_total", "reason=\"total_timeout\""))
                    .isEqualTo(1);
        }
    }
}
