package io.evenkeel.proxy.multiplex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.evenkeel.config.RouterConfig;
import io.evenkeel.config.UpstreamConfig;
import io.evenkeel.proxy.Router;
import io.evenkeel.proxy.testing.LeakWatch;
import io.evenkeel.proxy.testing.RawClient;
import io.evenkeel.proxy.testing.Scrape;
import io.evenkeel.proxy.testing.TestConfig;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A router in front of an endpoint that sends frames; after each test nothing is in flight and nothing has leaked. */
class Http2UpstreamFixture {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final LeakWatch leaks = new LeakWatch();
    FrameEndpoint endpoint;
    Router router;

    @BeforeEach
    void start() throws IOException {
        endpoint = FrameEndpoint.start();
        router = Router.start(config());
    }

    RouterConfig config() {
        return config(endpoint.address());
    }

    static RouterConfig config(InetSocketAddress endpoint) {
        return TestConfig.with(TestConfig.plain(endpoint), "upstreams.0.protocol", UpstreamConfig.Protocol.HTTP2);
    }

    /** Starts anew with one knob of the upstream turned. */
    void restart(String path, Object value) {
        router.close();
        router = Router.start(TestConfig.with(config(), "upstreams.0." + path, value));
    }

    /** Starts anew in front of another endpoint. */
    void restartAt(InetSocketAddress address) {
        router.close();
        router = Router.start(config(address));
    }

    RawClient client() throws IOException {
        return RawClient.connect(router.address("web"));
    }

    double metric(String name, String... labels) {
        return Scrape.of(router.adminAddress()).sum(name, labels);
    }

    void awaitMetric(String name, double value, String... labels) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(5))
                .untilAsserted(() -> assertThat(metric(name, labels)).as(name).isEqualTo(value));
    }

    @AfterEach
    void stop() {
        try (leaks) {
            try {
                awaitMetric("evenkeel_inflight", 0);
            } finally {
                router.close();
                endpoint.close();
            }
            assertThat(leaks.leaks()).as("leaked buffers").isEmpty();
        }
    }
}
