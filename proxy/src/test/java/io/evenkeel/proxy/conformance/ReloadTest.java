package io.evenkeel.proxy.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.evenkeel.config.RouterConfig;
import io.evenkeel.proxy.testing.RawClient;
import io.evenkeel.proxy.testing.RawResponse;
import io.evenkeel.proxy.testing.RecordingUpstream;
import io.evenkeel.proxy.testing.RouterFixture;
import io.evenkeel.proxy.testing.Step;
import io.evenkeel.proxy.testing.TestConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Another configuration under load: no exchange fails, no counter is lost. */
@Timeout(60)
final class ReloadTest {

    private static final int CLIENTS = 4;
    private static final int RELOADS = 40;
    private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final String POST = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc";

    @Test
    void noExchangeFailsAndNoCounterIsLost() throws Exception {
        try (RecordingUpstream second = RecordingUpstream.start();
                RouterFixture router = RouterFixture.start(
                        address -> TestConfig.with(TestConfig.plain(address), "runtime.eventLoops", 2))) {
            RouterConfig one = router.router().config();
            RouterConfig both = TestConfig.with(
                    one,
                    "upstreams",
                    List.of(TestConfig.upstream("endpoints", router.upstream().address(), second.address())));
            RouterConfig other = TestConfig.with(both, "upstreams.0.timeouts.responseHead", Duration.ofSeconds(7));
            Load load = new Load(router);
            load.start();
            for (int i = 0; i < RELOADS; i++) {
                long before = load.answered();
                router.router().apply(List.of(both, other, one).get(i % 3));
                await().until(() -> load.answered() > before + CLIENTS);
            }
            assertThat(load.stop()).as("failures").isEmpty();
            assertThat(router.metrics().sum("evenkeel_requests_total")).isEqualTo((double) load.answered());
            assertThat(second.requests()).as("the second endpoint took part").isNotEmpty();
        }
    }

    @Test
    void exchangeInFlightOutlivesTheRemovalOfItsEndpointAndOfItsRoute() throws IOException {
        CountDownLatch gate = new CountDownLatch(1);
        try (RecordingUpstream second = RecordingUpstream.start();
                RouterFixture router = RouterFixture.plain();
                RawClient client = router.client()) {
            router.upstream().next(Step.readRequest().then(Step.await(gate)).then(Step.send(Step.OK)));
            client.send(GET);
            await().until(() -> !router.upstream().requests().isEmpty());
            RouterConfig moved = TestConfig.with(
                    router.router().config(), "upstreams", List.of(TestConfig.upstream("moved", second.address())));
            router.router().apply(TestConfig.with(moved, "routes", List.of(TestConfig.route("moved", "/", "moved"))));
            gate.countDown();
            assertThat(client.read().status()).isEqualTo(200);
            assertThat(client.exchange(GET).status()).isEqualTo(200);
            assertThat(second.requests()).hasSize(1);
        }
    }

    /** Clients that ask as fast as they are answered. */
    private static final class Load {

        private final RouterFixture router;
        private final AtomicBoolean running = new AtomicBoolean(true);
        private final AtomicLong answered = new AtomicLong();
        private final ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
        private final List<Future<List<String>>> clients = new ArrayList<>();

        Load(RouterFixture router) {
            this.router = router;
        }

        void start() {
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(threads.submit(this::ask));
            }
        }

        long answered() {
            return answered.get();
        }

        List<String> stop() throws InterruptedException, ExecutionException {
            running.set(false);
            threads.shutdown();
            List<String> failures = new ArrayList<>();
            for (Future<List<String>> client : clients) {
                failures.addAll(client.get());
            }
            return failures;
        }

        private List<String> ask() throws IOException {
            List<String> failures = new ArrayList<>();
            try (RawClient client = router.client()) {
                while (running.get()) {
                    RawResponse response = client.exchange(answered.incrementAndGet() % 2 == 0 ? GET : POST);
                    if (response.status() != 200 || response.saysClose()) {
                        failures.add(response.toString());
                    }
                }
            }
            return failures;
        }
    }
}
