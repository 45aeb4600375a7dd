package io.evenkeel.discovery.testing;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Three real Consul servers with their data on disk, so that a leader can be lost and found.
 *
 * <p><b>Threading.</b> Confined to the test's thread.
 */
public final class ConsulCluster implements AutoCloseable {

    private static final Duration READY = Duration.ofSeconds(90);
    private static final int SERVERS = 3;
    private static final int ATTEMPTS = 5;

    private final List<ConsulProcess> servers = new ArrayList<>();
    private List<Integer> ports = List.of();

    private ConsulCluster() {}

    /** Started, with a leader that every server knows. */
    public static ConsulCluster started() {
        for (int attempt = 1; ; attempt++) {
            ConsulCluster cluster = new ConsulCluster();
            try {
                cluster.startAll();
                return cluster;
            } catch (RuntimeException | Error e) {
                cluster.close();
                if (attempt == ATTEMPTS || !(e instanceof IllegalStateException)) {
                    throw e;
                }
            }
        }
    }

    /** Host and port of a server's HTTP API; servers count from 0. */
    public String address(int server) {
        return "127.0.0.1:" + port(server, 0);
    }

    public ConsulApi api(int server) {
        return new ConsulApi(address(server), Optional.empty());
    }

    /** SIGKILL. */
    public void kill(int server) {
        servers.get(server).kill();
    }

    /** Starts a server again that was killed, with its data; returns before it has found the others. */
    public void start(int server) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("node_name", "server-" + server);
        fields.put("server", true);
        fields.put("bootstrap_expect", SERVERS);
        fields.put("data_dir", servers.get(server).folder().resolve("data").toString());
        fields.put("bind_addr", "127.0.0.1");
        fields.put("disable_update_check", true);
        fields.put("performance", Map.of("raft_multiplier", 1));
        fields.put("retry_interval", "1s");
        fields.put(
                "retry_join",
                IntStream.range(0, SERVERS)
                        .mapToObj(other -> "127.0.0.1:" + port(other, 1))
                        .toList());
        fields.put(
                "ports",
                Map.of(
                        "http",
                        port(server, 0),
                        "serf_lan",
                        port(server, 1),
                        "server",
                        port(server, 2),
                        "dns",
                        -1,
                        "grpc",
                        -1,
                        "serf_wan",
                        -1));
        servers.get(server).start(fields, "-log-level", "warn");
    }

    /** Waits until these servers all know a leader. */
    public void awaitLeader(int... of) {
        await().atMost(READY).pollInterval(Duration.ofMillis(50)).until(() -> {
            failIfOneEnded(of);
            return IntStream.of(of).allMatch(this::leads);
        });
    }

    @Override
    public void close() {
        servers.forEach(ConsulProcess::close);
    }

    private void startAll() {
        ports = FreePorts.take(3 * SERVERS);
        for (int server = 0; server < SERVERS; server++) {
            servers.add(new ConsulProcess());
            start(server);
        }
        awaitLeader(0, 1, 2);
    }

    private boolean leads(int server) {
        ConsulApi api = api(server);
        return api.status("/v1/status/leader") == 200
                && api.get("/v1/status/leader").asText().contains(":")
                && api.status("/v1/health/service/consul") == 200;
    }

    private void failIfOneEnded(int... of) {
        for (int server : of) {
            if (!servers.get(server).runs()) {
                throw new IllegalStateException(
                        "consul ended by itself: " + servers.get(server).tail());
            }
        }
    }

    private int port(int server, int which) {
        return ports.get(3 * server + which);
    }
}
