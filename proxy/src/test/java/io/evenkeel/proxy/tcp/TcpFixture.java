package io.evenkeel.proxy.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.evenkeel.config.ConfigFile;
import io.evenkeel.config.Environment;
import io.evenkeel.config.RouterConfig;
import io.evenkeel.proxy.Router;
import io.evenkeel.proxy.testing.LeakWatch;
import io.evenkeel.proxy.testing.Scrape;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.uring.IoUring;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.DoublePredicate;

/** A router with TCP listeners, made from a configuration file's text, and held to its invariants when it is closed. */
final class TcpFixture implements AutoCloseable {

    static final int PATIENCE_MILLIS = 20_000;
    private static final Duration PATIENCE = Duration.ofMillis(PATIENCE_MILLIS);

    private static final String TRANSPORT =
            System.getProperty("evenkeel.test.transport", "auto").replace('_', '-');

    private final LeakWatch leakWatch = new LeakWatch();
    private final Router router;

    private final String transport;
    private final String routes;
    private boolean down;

    private TcpFixture(String yaml, String routes, String transport) {
        this.transport = transport;
        this.routes = routes;
        router = Router.start(parse(yaml));
    }

    private RouterConfig parse(String yaml) {
        String preamble =
                "admin: { address: 127.0.0.1:0 }\nruntime: { event-loops: 1, transport: " + transport + " }\n";
        return ConfigFile.parse("tcp.yaml", preamble + routes + yaml, Environment.system())
                .orThrow();
    }

    static TcpFixture start(String yaml) {
        return start(yaml, "routes: []\n");
    }

    static TcpFixture start(String yaml, String routes) {
        return new TcpFixture(yaml, routes, TRANSPORT);
    }

    /** One on this transport, as the configuration calls it; where there is none, the test is skipped. */
    static TcpFixture on(String transport, String yaml) {
        assumeTrue(!transport.equals("io-uring") || IoUring.isAvailable(), "no io_uring here");
        assumeTrue(!transport.equals("epoll") || Epoll.isAvailable(), "no epoll here");
        return new TcpFixture(yaml, "routes: []\n", transport);
    }

    /** One listener, {@code raw}, and one upstream, {@code u}, of these endpoints; {@code more} are keys of the upstream. */
    static String passThrough(String more, TcpEndpoint... endpoints) {
        return "listeners: [{ name: raw, address: 127.0.0.1:0, protocol: tcp, tcp: { upstream: u } }]\n"
                + upstream("u", more, endpoints);
    }

    /** An upstream as the only one. */
    static String upstream(String name, String more, TcpEndpoint... endpoints) {
        return "upstreams:\n" + oneUpstream(name, more, endpoints);
    }

    /** An upstream in a list of them. */
    static String oneUpstream(String name, String more, TcpEndpoint... endpoints) {
        StringBuilder list = new StringBuilder();
        for (TcpEndpoint endpoint : endpoints) {
            list.append(list.length() == 0 ? "" : ", ")
                    .append('"')
                    .append(endpoint.name())
                    .append('"');
        }
        return "  - { name: " + name + ", endpoints: [{ static: [" + list + "] }]" + more + " }\n";
    }

    void apply(String yaml) {
        router.apply(parse(yaml));
    }

    Router router() {
        return router;
    }

    /** Shuts the router down, in another thread. */
    CompletableFuture<Void> shutDown() {
        down = true;
        return CompletableFuture.runAsync(router::shutdown);
    }

    InetSocketAddress address(String listener) {
        return router.address(listener);
    }

    /** A client of the listener {@code raw}. */
    Socket client() throws IOException {
        return connect("raw");
    }

    Socket connect(String listener) throws IOException {
        return connect(listener, 0);
    }

    /** @param receiveBufferBytes of the client's socket; 0: the system's default */
    Socket connect(String listener, int receiveBufferBytes) throws IOException {
        Socket socket = new Socket();
        if (receiveBufferBytes > 0) {
            socket.setReceiveBufferSize(receiveBufferBytes);
        }
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.connect(address(listener), PATIENCE_MILLIS);
        return socket;
    }

    double metric(String name, String... labels) {
        return Scrape.of(router.adminAddress()).sum(name, labels);
    }

    void awaitMetric(DoublePredicate wanted, String name, String... labels) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(5)).untilAsserted(() -> assertThat(metric(name, labels))
                .matches(wanted::test, "as wanted: " + name));
    }

    /** How many connections failed for this reason. */
    double failures(String reason) {
        return metric("evenkeel_failures_total", "reason=\"" + reason + "\"");
    }

    /** Waits until so many connections failed for this reason. */
    void awaitFailures(double count, String reason) {
        awaitMetric(failures -> failures == count, "evenkeel_failures_total", "reason=\"" + reason + "\"");
    }

    /** Waits until nothing has come from endpoints for two looks in a row. */
    void awaitStandstill() {
        AtomicReference<Double> last = new AtomicReference<>(0.0);
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(200)).until(() -> {
            double now = metric("evenkeel_tcp_sent_bytes_total");
            return now > 0 && now == last.getAndSet(now);
        });
    }

    /** Waits until no connection is left, on either side. */
    void assertAtRest() {
        awaitMetric(count -> count == 0, "evenkeel_inflight");
        awaitMetric(count -> count == 0, "evenkeel_tcp_connections");
        awaitMetric(count -> count == 0, "evenkeel_connections", "side=\"downstream\"");
        awaitMetric(count -> count == 0, "evenkeel_connections", "side=\"upstream\"");
    }

    @Override
    public void close() {
        try (leakWatch;
                router) {
            if (!down) {
                assertAtRest();
            }
            router.close();
            assertThat(leakWatch.leaks()).as("leaked buffers").isEmpty();
        }
    }
}
