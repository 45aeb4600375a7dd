package io.evenkeel.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.evenkeel.cli.vvm.DemoVvms;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A router with fewer file descriptors than clients. */
@Timeout(240)
class DescriptorsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int DESCRIPTORS = 400;
    private static final int CLIENTS = 500;
    private static final String STOP_ACCEPTING = "evenkeel_overload_actions{action=\"stop_accepting\",}";
    private static final String ACCEPT_FAILED =
            "evenkeel_failures_total{reason=\"accept_failed\",phase=\"accept\",side=\"router\",}";

    private final DemoVvms vvms = new DemoVvms();
    private final HttpClient admin =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Queue<Socket> clients = new ArrayDeque<>();

    private InetSocketAddress endpoint = new InetSocketAddress(0);

    @TempDir
    private Path folder = Path.of("");

    @BeforeEach
    void start() throws IOException {
        endpoint = vvms.start("vvm-1", new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    @AfterEach
    void stop() throws IOException {
        for (Socket client : clients) {
            client.close();
        }
        vvms.close();
    }

    @Test
    void acceptingStopsBeforeTheDescriptorsRunOutAndEverybodyIsServedInTheEnd() throws Exception {
        try (Child router = router()) {
            connectAll(router);
            await().atMost(PATIENCE).until(() -> metric(router, STOP_ACCEPTING) == 1);
            assertThat(get(router, "/healthz").statusCode()).isEqualTo(200);
            assertThat(get(router, "/readyz").statusCode()).isEqualTo(200);

            while (!clients.isEmpty()) {
                assertThat(statusOfNext()).as("%s", router.err()).isEqualTo(200);
            }
            assertThat(metric(router, ACCEPT_FAILED)).isZero();
            await().atMost(PATIENCE).until(() -> metric(router, STOP_ACCEPTING) == 0);
        }
    }

    /** A busy machine is no overload here. */
    private Child router() throws IOException {
        String yaml =
                Configs.router(Addresses.show(endpoint)) + "runtime: { event-loops: 2 }\n" + "overload: { lag: 1h }\n";
        return Child.startWithDescriptors(
                DESCRIPTORS, "run", "--config", Configs.write(folder, yaml).toString());
    }

    private void connectAll(Child router) throws IOException {
        String address = router.awaitLine("^evenkeel: ready in .*web (127\\.0\\.0\\.1:\\d+)");
        int port = Integer.parseInt(address.substring(address.indexOf(':') + 1));
        for (int i = 0; i < CLIENTS; i++) {
            Socket client = new Socket(InetAddress.getLoopbackAddress(), port);
            client.setSoTimeout((int) PATIENCE.toMillis());
            client.getOutputStream()
                    .write("GET /api/check HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            clients.add(client);
        }
    }

    /** Reads the answer to whoever has waited longest, who leaves then. */
    private int statusOfNext() throws IOException {
        try (Socket client = clients.remove()) {
            String line = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine();
            return Integer.parseInt(line.substring(9, 12));
        }
    }

    private double metric(Child router, String series) throws Exception {
        return get(router, "/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(series + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
                .findFirst()
                .orElse(0);
    }

    private HttpResponse<String> get(Child router, String path) throws Exception {
        String address = router.awaitLine("^evenkeel: ready in .*admin (127\\.0\\.0\\.1:\\d+)");
        URI uri = URI.create("http://" + address + path);
        return admin.send(HttpRequest.newBuilder(uri).timeout(PATIENCE).build(), BodyHandlers.ofString());
    }
}
