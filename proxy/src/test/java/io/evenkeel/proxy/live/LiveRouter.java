package io.evenkeel.proxy.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.evenkeel.config.ConfigFile;
import io.evenkeel.config.Environment;
import io.evenkeel.proxy.Router;
import io.evenkeel.proxy.testing.RawClient;
import io.evenkeel.proxy.testing.Scrape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.DoublePredicate;

/** A router made from a configuration file's text, with an eye on its admin endpoints. */
final class LiveRouter implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final String PREAMBLE = "admin: { address: 127.0.0.1:0 }\n"
            + "runtime: { event-loops: 1 }\n"
            + "listeners: [{ name: web, address: 127.0.0.1:0 }]\n"
            + "shutdown: { deadline: 2s }\n";

    private final Router router;

    private LiveRouter(Router router) {
        this.router = router;
    }

    /** A router with one listener and one route to the upstream {@code vvm}, which {@code yaml} describes. */
    static LiveRouter start(String yaml) {
        return startWithoutRoutes("routes: [{ upstream: vvm }]\n" + yaml);
    }

    /** A router with one listener, and no route but those that {@code yaml} brings. */
    static LiveRouter startWithoutRoutes(String yaml) {
        return new LiveRouter(Router.start(ConfigFile.parse("live.yaml", PREAMBLE + yaml, Environment.system())
                .orThrow()));
    }

    /** Puts another configuration in force, made as in {@link #start}. */
    void apply(String yaml) {
        applyWithoutRoutes("routes: [{ upstream: vvm }]\n" + yaml);
    }

    /** Puts another configuration in force, made as in {@link #startWithoutRoutes}. */
    void applyWithoutRoutes(String yaml) {
        router.apply(ConfigFile.parse("live.yaml", PREAMBLE + yaml, Environment.system())
                .orThrow());
    }

    InetSocketAddress address() {
        return router.address("web");
    }

    /** Begins once there is an endpoint that can answer: a registry may know it a moment later than it was told. */
    LiveTraffic traffic() {
        awaitReady();
        awaitMetric(up -> up > 0, "evenkeel_endpoint_up");
        return new LiveTraffic(address());
    }

    void awaitReady() {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(5)).until(() -> admin("/readyz")
                .startsWith("HTTP/1.1 200"));
    }

    /** The whole answer of an admin endpoint. */
    String admin(String path) {
        return admin("GET", path);
    }

    /** The whole answer of an admin endpoint that does something. */
    String order(String path) {
        return admin("POST", path);
    }

    private String admin(String method, String path) {
        try (RawClient client = RawClient.connect(router.adminAddress())) {
            client.send(method + " " + path
                    + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
            client.read();
            return new String(client.seen(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Tells an admin endpoint to do something, which it must accept. */
    void post(String path) {
        try (RawClient client = RawClient.connect(router.adminAddress())) {
            client.send("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            assertThat(client.read().status()).isEqualTo(200);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    double metric(String name, String... labels) {
        return Scrape.of(router.adminAddress()).sum(name, labels);
    }

    void awaitMetric(DoublePredicate wanted, String name, String... labels) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .untilAsserted(() -> assertThat(metric(name, labels)).matches(wanted::test, "as wanted: " + name));
    }

    /** Waits until discovery has failed this many times more. */
    void awaitDiscoveryFailures(int more) {
        double until = metric("evenkeel_discovery_failures_total") + more;
        awaitMetric(failures -> failures >= until, "evenkeel_discovery_failures_total");
    }

    @Override
    public void close() {
        router.close();
    }
}
