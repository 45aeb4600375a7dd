package io.evenkeel.proxy.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.evenkeel.config.RouterConfig;
import io.evenkeel.proxy.Router;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.function.Function;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A router between {@link RawClient}s and one {@link RecordingUpstream}, held to its invariants after every test: nothing in
 * flight, no client connection left, nothing malformed forwarded, no buffer leaked.
 *
 * <p>As a static {@code @RegisterExtension} one router serves all tests of a class; in a try block it serves one test.
 */
public final class RouterFixture implements BeforeEachCallback, AfterEachCallback, AfterAllCallback, AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final LeakWatch leakWatch = new LeakWatch();
    private final RecordingUpstream upstream;
    private final Router router;

    private RouterFixture(RecordingUpstream upstream, Router router) {
        this.upstream = upstream;
        this.router = router;
    }

    /** A router of this configuration in front of a fresh upstream, whose address the configuration is made for. */
    public static RouterFixture start(Function<InetSocketAddress, RouterConfig> config) {
        RecordingUpstream upstream = RecordingUpstream.start();
        return new RouterFixture(upstream, Router.start(config.apply(upstream.address())));
    }

    /** The router that {@code start} makes in front of a fresh upstream, whose address it is given. */
    public static RouterFixture around(Function<InetSocketAddress, Router> start) {
        RecordingUpstream upstream = RecordingUpstream.start();
        return new RouterFixture(upstream, start.apply(upstream.address()));
    }

    /** A router that adds nothing to what it forwards. */
    public static RouterFixture plain() {
        return start(TestConfig::plain);
    }

    /** A router that adds nothing to what it forwards, with one knob turned; see {@link TestConfig#with}. */
    public static RouterFixture plainWith(String path, Object value) {
        return start(address -> TestConfig.with(TestConfig.plain(address), path, value));
    }

    public RecordingUpstream upstream() {
        return upstream;
    }

    public Router router() {
        return router;
    }

    /** A client of the listener. */
    public RawClient client() throws IOException {
        return RawClient.connect(address());
    }

    /** Where the listener is. */
    public InetSocketAddress address() {
        return router.address(TestConfig.LISTENER);
    }

    /** The metrics now. */
    public Scrape metrics() {
        return Scrape.of(router.adminAddress());
    }

    /** Waits until no exchange and no client connection is left, and checks that nothing malformed was forwarded. */
    public void assertAtRest() {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(5)).untilAsserted(() -> {
            Scrape metrics = metrics();
            assertThat(metrics.has("evenkeel_connections")).isTrue();
            assertThat(metrics.sum("evenkeel_inflight")).as("in flight").isZero();
            assertThat(metrics.sum("evenkeel_connections", "side=\"downstream\""))
                    .as("client connections")
                    .isZero();
        });
        assertThat(upstream.violations()).as("malformed octets forwarded").isEmpty();
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        upstream.reset();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        assertAtRest();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        close();
    }

    @Override
    public void close() {
        try (leakWatch;
                upstream;
                router) {
            assertAtRest();
            router.close();
            assertThat(leakWatch.leaks()).as("leaked buffers").isEmpty();
        }
    }
}
