package io.evenkeel.proxy.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.config.HedgeConfig;
import io.evenkeel.config.RouterConfig;
import io.evenkeel.proxy.testing.RawClient;
import io.evenkeel.proxy.testing.RecordingUpstream;
import io.evenkeel.proxy.testing.RouterFixture;
import io.evenkeel.proxy.testing.Step;
import io.evenkeel.proxy.testing.TestConfig;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A second attempt besides the first: at another endpoint, one counts, and nothing is left of the other. */
final class HedgeTest {

    private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

    private final RecordingUpstream other = RecordingUpstream.start();
    private final RouterFixture router = RouterFixture.start(address -> config(address, other.address()));
    private final CountDownLatch gate = new CountDownLatch(1);

    private static RouterConfig config(InetSocketAddress... endpoints) {
        RouterConfig plain = TestConfig.with(TestConfig.plain(endpoints), "upstreams.0.maxAttempts", 3);
        HedgeConfig hedge = new HedgeConfig(95, Duration.ofMillis(100));
        return TestConfig.with(plain, "upstreams.0.retry.hedge", Optional.of(hedge));
    }

    /** So that it is known how long answers take. */
    @BeforeEach
    void warmUp() throws IOException {
        try (RawClient client = router.client()) {
            for (int i = 0; i < 250; i++) {
                assertThat(client.exchange(GET).status()).isEqualTo(200);
            }
        }
        router.upstream().reset();
        other.reset();
    }

    @AfterEach
    void close() {
        gate.countDown();
        try (other) {
            router.close();
        }
    }

    /** Whichever endpoint is asked first does this, and the other that. */
    private void script(Step first, Step second) {
        CountDownLatch asked = new CountDownLatch(1);
        Step step = connection -> {
            boolean isFirst;
            synchronized (asked) {
                isFirst = asked.getCount() > 0;
                asked.countDown();
            }
            (isFirst ? first : second).play(connection);
        };
        router.upstream().always(step);
        other.always(step);
    }

    private static String named(String name) {
        return "HTTP/1.1 200 OK\r\nContent-Length: " + name.length() + "\r\n\r\n" + name;
    }

    private Step held(String name) {
        return Step.readRequest().then(Step.await(gate)).then(Step.send(named(name)));
    }

    private int requests() {
        return router.upstream().requests().size() + other.requests().size();
    }

    private boolean oneIsDiscarded() {
        return router.upstream().connections().stream().anyMatch(c -> c.closedByRouter())
                || other.connections().stream().anyMatch(c -> c.closedByRouter());
    }

    @Test
    void theSecondAnswerCountsIfItIsFirst() throws IOException {
        script(Step.readRequest().then(Step.untilClosed()), Step.answer(named("second")));
        double failures = router.metrics().sum("evenkeel_failures_total");
        try (RawClient client = router.client()) {
            assertThat(client.exchange(GET).body().text()).isEqualTo("second");
            Verdict.eventually().until(this::oneIsDiscarded);
        }
        assertThat(router.upstream().requests()).hasSize(1);
        assertThat(other.requests()).hasSize(1);
        assertThat(router.metrics().sum("evenkeel_failures_total")).isEqualTo(failures);
    }

    @Test
    void theFirstAnswerCountsIfItComesAfterAll() throws IOException {
        script(held("first"), Step.readRequest().then(Step.untilClosed()));
        try (RawClient client = router.client()) {
            client.send(GET);
            Verdict.eventually().until(() -> requests() == 2);
            gate.countDown();
            assertThat(client.read().body().text()).isEqualTo("first");
            Verdict.eventually().until(this::oneIsDiscarded);
        }
    }

    @Test
    void theSecondGoesOnAloneIfTheFirstFails() throws IOException {
        CountDownLatch both = new CountDownLatch(1);
        script(
                Step.readRequest().then(Step.await(both)).then(Step.reset()),
                Step.readRequest()
                        .then(Step.signal(both))
                        .then(Step.await(gate))
                        .then(Step.send(named("second"))));
        try (RawClient client = router.client()) {
            client.send(GET);
            Verdict.eventually().until(() -> both.getCount() == 0);
            gate.countDown();
            assertThat(client.read().body().text()).isEqualTo("second");
        }
        assertThat(requests()).isEqualTo(2);
    }

    @Test
    void theFirstGoesOnAloneIfTheSecondFails() throws IOException {
        script(held("first"), Step.readRequest().then(Step.reset()));
        try (RawClient client = router.client()) {
            client.send(GET);
            Verdict.eventually().until(() -> requests() == 2);
            gate.countDown();
            assertThat(client.read().body().text()).isEqualTo("first");
        }
        assertThat(requests()).isEqualTo(2);
    }

    @Test
    void nothingIsLeftWhenTheClientLeavesBoth() throws IOException {
        script(Step.readRequest().then(Step.untilClosed()), Step.readRequest().then(Step.untilClosed()));
        try (RawClient client = router.client()) {
            client.send(GET);
            Verdict.eventually().until(() -> requests() == 2);
        }
        router.assertAtRest();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n",
                "PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc"
            })
    void onlyWhatIsIdempotentAndWithoutBodyIsHedged(String request) throws IOException {
        script(held("first"), Step.answer(named("second")));
        try (RawClient client = router.client();
                RawClient hedged = router.client()) {
            client.send(request);
            Verdict.eventually().until(() -> requests() == 1);
            router.upstream().next(held("late"));
            other.next(held("late"));
            hedged.send(GET);
            Verdict.eventually().until(() -> requests() >= 3);
            gate.countDown();
            assertThat(client.read().body().text()).isEqualTo("first");
            hedged.read();
        }
        assertThat(requests()).isEqualTo(3);
    }
}
