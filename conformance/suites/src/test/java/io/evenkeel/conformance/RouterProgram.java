package io.evenkeel.conformance;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The command {@code evenkeel run}, from its jar, as users start it. */
final class RouterProgram implements AutoCloseable {

    /** Suites share two cores with their endpoints: an event loop that is late is no reason to turn them away. */
    private static final String PREAMBLE =
            "admin: { address: 127.0.0.1:0 }\nshutdown: { deadline: 1s }\noverload: { lag: 1m }\n";

    private final Program program;

    private RouterProgram(Program program) {
        this.program = program;
    }

    /** Starts it with this configuration, which says nothing of the admin address, and waits until it is ready. */
    static RouterProgram start(Path folder, String yaml) throws IOException {
        Path config = Files.writeString(Files.createTempFile(folder, "evenkeel", ".yaml"), PREAMBLE + yaml);
        RouterProgram router = new RouterProgram(Program.start(List.of(
                House.java(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-jar",
                House.jar().toString(),
                "run",
                "--config",
                config.toString())));
        try {
            router.program.awaitLine("evenkeel: ready in");
            return router;
        } catch (AssertionError | RuntimeException e) {
            router.close();
            throw e;
        }
    }

    /** One listener, and one upstream with this endpoint of 127.0.0.1 and these settings. */
    static String yaml(String listener, String upstream, int port) {
        return "listeners: [" + listener + "]\nroutes: [{ upstream: endpoints }]\nupstreams:\n  - name: endpoints\n"
                + "    endpoints: [{ static: [\"127.0.0.1:" + port + "\"] }]\n" + upstream;
    }

    /** These listeners; what begins with {@code /sockets} goes to one endpoint of 127.0.0.1, all else to another. */
    static String yamlWithSockets(String listeners, int sockets, int others) {
        return "listeners: [" + listeners + "]\n"
                + "routes: [{ match: { path-prefix: /sockets }, upstream: sockets }, { upstream: others }]\n"
                + "upstreams:\n"
                + "  - { name: sockets, endpoints: [{ static: [\"127.0.0.1:" + sockets + "\"] }] }\n"
                + "  - { name: others, endpoints: [{ static: [\"127.0.0.1:" + others + "\"] }] }\n";
    }

    /** Where a listener is bound, or the admin endpoints: {@code admin}. */
    int port(String listener) {
        return Integer.parseInt(program.awaitLine("evenkeel: ready in .*\\b" + listener + " 127\\.0\\.0\\.1:(\\d+)")
                .group(1));
    }

    /** What an admin endpoint says. */
    String admin(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port("admin") + path))
                .timeout(Program.PATIENCE)
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    }

    /** The sum of a metric over the lines that have all these labels, each {@code name="value"}. */
    double metric(String name, String... labels) throws IOException, InterruptedException {
        return admin("/metrics")
                .lines()
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .filter(line -> Stream.of(labels).allMatch(line::contains))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /** What its checks found last of an endpoint of 127.0.0.1: the health, and the detail in a few words. */
    String health(int port) throws IOException, InterruptedException {
        for (JsonNode upstream :
                new ObjectMapper().readTree(admin("/endpoints")).path("upstreams")) {
            for (JsonNode endpoint : upstream.path("endpoints")) {
                if (endpoint.path("address").asText().equals("127.0.0.1:" + port)) {
                    return endpoint.path("health").asText() + ": "
                            + endpoint.path("health_detail").asText();
                }
            }
        }
        return "no endpoint";
    }

    /** Waits until they found what this regular expression matches. */
    void awaitHealth(int port, String expected) {
        await().atMost(Program.PATIENCE).until(() -> health(port), said -> said.matches(expected));
    }

    /** All it said until now. */
    String said() {
        return program.said();
    }

    /** As the loss of a machine. */
    void kill() {
        program.close();
    }

    @Override
    public void close() {
        program.close();
    }
}
