package io.evenkeel.proxy.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.evenkeel.proxy.testing.RawClient;
import io.evenkeel.proxy.testing.RawResponse;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A steady stream of requests over kept-alive connections that remembers who answered and whatever was no good answer. */
final class LiveTraffic implements AutoCloseable {

    private static final int CLIENTS = 4;
    private static final long EVERY_MICROS = 5_000;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String REQUEST = "GET / HTTP/1.1\r\nHost: live\r\n\r\n";

    private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(CLIENTS);
    private final AtomicLong answers = new AtomicLong();
    private final Map<String, AtomicLong> byEndpoint = new ConcurrentHashMap<>();
    private final List<String> failures = new CopyOnWriteArrayList<>();

    /** Begins at once. */
    LiveTraffic(InetSocketAddress router) {
        for (int i = 0; i < CLIENTS; i++) {
            Client client = new Client(router);
            clock.scheduleAtFixedRate(client::exchange, 0, EVERY_MICROS, TimeUnit.MICROSECONDS);
        }
    }

    /** Waits until each of these has answered again, and nobody else has answered last. */
    void awaitAnswersOf(List<LiveEndpoint> endpoints) {
        byEndpoint.clear();
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(5)).until(() -> endpoints.stream()
                .allMatch(endpoint -> byEndpoint.containsKey(endpoint.name())));
    }

    void awaitAnswersOf(LiveEndpoint... endpoints) {
        awaitAnswersOf(Arrays.asList(endpoints));
    }

    /** Waits until no answer of this endpoint is among the next hundred. */
    void awaitSilenceOf(LiveEndpoint endpoint) {
        await().atMost(PATIENCE).pollInterval(Duration.ZERO).until(() -> {
            byEndpoint.clear();
            awaitMore(100);
            return !byEndpoint.containsKey(endpoint.name());
        });
    }

    /** Waits for as many answers more. */
    void awaitMore(int count) {
        long until = answers.get() + count;
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(5)).until(() -> answers.get() >= until);
    }

    /** Waits for a hundred more answers, so that what was done is felt, and checks that there never was a bad one. */
    void assertNothingFailed() {
        awaitMore(100);
        assertThat(failures).isEmpty();
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }

    /** One kept-alive connection; scheduled one exchange at a time. */
    private final class Client {

        private final InetSocketAddress router;
        private @Nullable RawClient connection;

        Client(InetSocketAddress router) {
            this.router = router;
        }

        void exchange() {
            try {
                if (connection == null) {
                    connection = RawClient.connect(router);
                }
                RawResponse response = connection.exchange(REQUEST);
                if (response.status() == 200) {
                    byEndpoint
                            .computeIfAbsent(response.body().text(), name -> new AtomicLong())
                            .incrementAndGet();
                } else {
                    failures.add(response.status() + " " + response.body().text());
                }
                answers.incrementAndGet();
            } catch (IOException | RuntimeException e) {
                if (!clock.isShutdown()) {
                    failures.add(e.toString());
                }
                connection = null;
            }
        }
    }
}
