package io.evenkeel.discovery.testing;

import static org.awaitility.Awaitility.await;

import io.evenkeel.config.ConsulConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A real Consul: one {@code consul agent -dev} on loopback ports that it keeps over restarts. Its memory is empty after each start.
 *
 * <p><b>Threading.</b> {@link #api} from any thread, the rest confined to the test's.
 */
public final class ConsulAgent implements AutoCloseable {

    private static final Duration READY = Duration.ofSeconds(60);
    private static final Duration LOOK = Duration.ofMillis(20);
    private static final int ATTEMPTS = 5;

    private final ConsulSettings settings;
    private final ConsulProcess process = new ConsulProcess();
    private List<Integer> ports = List.of();

    private ConsulAgent(ConsulSettings settings) {
        this.settings = settings;
    }

    /** Started, with a leader, open to everybody. */
    public static ConsulAgent started() {
        return started(ConsulSettings.plain());
    }

    /** Started, with a leader. */
    public static ConsulAgent started(ConsulSettings settings) {
        ConsulAgent agent = new ConsulAgent(settings);
        try {
            agent.startSomewhere();
            return agent;
        } catch (RuntimeException | Error e) {
            agent.close();
            throw e;
        }
    }

    /** How it is reached, in plain text, by somebody with so much patience. */
    public ConsulConfig config(Duration timeout) {
        ConsulConfig defaults = ConsulConfig.defaults();
        return new ConsulConfig(
                List.of(address()),
                defaults.token(),
                defaults.datacenter(),
                defaults.tls(),
                defaults.maxWait(),
                timeout,
                defaults.maxWatches());
    }

    /** Host and port of its HTTP API in plain text. */
    public String address() {
        return "127.0.0.1:" + ports.get(0);
    }

    public int port() {
        return ports.get(0);
    }

    /** Host and port of its HTTP API over TLS, where {@link ConsulSettings#withTls} was asked for. */
    public String secureAddress() {
        return "127.0.0.1:" + ports.get(1);
    }

    /** Its API, with the token that may do everything where there is one. */
    public ConsulApi api() {
        return new ConsulApi(address(), settings.token());
    }

    public String node() {
        return settings.node();
    }

    /** Starts it again, on the same ports, with an empty memory. */
    public void start() {
        Map<String, Object> fields = new LinkedHashMap<>(settings.fields(process.folder()));
        fields.put("bind_addr", "127.0.0.1");
        fields.put("disable_update_check", true);
        fields.put("limits", Map.of("http_max_conns_per_client", 500));
        fields.put(
                "ports",
                Map.of(
                        "http",
                        ports.get(0),
                        "https",
                        settings.tls().isPresent() ? ports.get(1) : -1,
                        "dns",
                        -1,
                        "grpc",
                        -1,
                        "serf_lan",
                        ports.get(2),
                        "serf_wan",
                        -1,
                        "server",
                        ports.get(3)));
        process.start(fields, "-dev", "-log-level", "warn");
        await().atMost(READY).pollDelay(Duration.ZERO).pollInterval(LOOK).until(() -> !process.runs() || ready());
        if (!process.runs()) {
            throw new IllegalStateException("consul ended by itself: " + process.tail());
        }
    }

    /** SIGTERM. */
    public void stop() {
        process.stop();
    }

    /** SIGKILL. */
    public void kill() {
        process.kill();
    }

    /** Killed, and started again with an empty memory. */
    public void restart() {
        kill();
        start();
    }

    /** SIGSTOP: it keeps its connections and says nothing, until {@link #thaw}. */
    public void freeze() throws IOException, InterruptedException {
        process.freeze();
    }

    public void thaw() throws IOException, InterruptedException {
        process.thaw();
    }

    @Override
    public void close() {
        process.close();
    }

    /** Somebody else may take a port before the agent does; then it ends by itself. */
    private void startSomewhere() {
        for (int attempt = 1; ; attempt++) {
            ports = FreePorts.take(4);
            try {
                start();
                return;
            } catch (IllegalStateException ended) {
                if (attempt == ATTEMPTS) {
                    throw ended;
                }
            }
        }
    }

    private boolean ready() {
        ConsulApi api = api();
        return api.status("/v1/status/leader") == 200
                && api.get("/v1/status/leader").asText().contains(":")
                && api.status("/v1/health/node/" + settings.node()) == 200
                && !api.get("/v1/health/node/" + settings.node()).isEmpty();
    }
}
