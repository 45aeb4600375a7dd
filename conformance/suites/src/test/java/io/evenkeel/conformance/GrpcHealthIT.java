package io.evenkeel.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The gRPC health check, by the health service that grpc-java brings. */
class GrpcHealthIT {

    /** Short ones, of all four forms of streaming. */
    private static final List<String> CASES = List.of(
            "empty_unary",
            "large_unary",
            "client_streaming",
            "server_streaming",
            "ping_pong",
            "empty_stream",
            "custom_metadata",
            "status_code_and_message");

    @TempDir
    private Path folder = Path.of("");

    @Test
    void anEndpointThatSaysNotServingIsSentNoCallUntilItSaysServing() throws Exception {
        try (Program one = server();
                Program other = server();
                RouterProgram router = RouterProgram.start(folder, yaml(port(one), port(other)))) {
            router.awaitHealth(port(one), "healthy: SERVING");
            router.awaitHealth(port(other), "healthy: SERVING");
            assertAllPass(router);
            awaitCalls(one, 1);
            awaitCalls(other, 1);

            one.tell("NOT_SERVING");
            router.awaitHealth(port(one), "unhealthy: NOT_SERVING");
            long callsOfOne = calls(one);
            long callsOfOther = calls(other);
            assertAllPass(router);
            awaitCalls(other, callsOfOther + CASES.size());
            assertThat(calls(one)).isEqualTo(callsOfOne);
            assertThat(router.health(port(other))).isEqualTo("healthy: SERVING");

            one.tell("SERVING");
            router.awaitHealth(port(one), "healthy: SERVING");
            assertAllPass(router);
            awaitCalls(one, callsOfOne + 1);
        }
    }

    private static void assertAllPass(RouterProgram router) throws Exception {
        assertThat(GrpcInterop.run(CASES, router.port("web"), false, false))
                .isEqualTo(CASES.stream().collect(Collectors.toMap(name -> name, name -> "passed")));
    }

    private Program server() throws IOException {
        return Program.startToBeTold(
                folder,
                Map.of(),
                List.of(
                        House.java(),
                        "-Xmx256m",
                        "-cp",
                        House.classes() + File.pathSeparator + House.lib("grpc") + "/*",
                        GrpcHealthServer.class.getName()));
    }

    private static int port(Program server) {
        return Integer.parseInt(server.awaitLine("ready on (\\d+)").group(1));
    }

    /** What a server prints arrives some time after its answer. */
    private static void awaitCalls(Program server, long least) {
        await().atMost(Program.PATIENCE).until(() -> calls(server) >= least);
    }

    private static long calls(Program server) {
        return server.said().lines().filter(line -> line.startsWith("call ")).count();
    }

    /** In turn, so that a few calls reach both; patient, because clients that start take both cores. */
    private static String yaml(int one, int other) {
        return "listeners: [{ name: web, address: 127.0.0.1:0 }]\n"
                + "routes: [{ match: { path-prefix: /grpc.testing.TestService/ }, upstream: tests, idle-timeout: 0s }]\n"
                + "upstreams:\n"
                + "  - name: tests\n"
                + "    protocol: http2\n"
                + "    balancer: { policy: round-robin }\n"
                + "    endpoints: [{ static: [\"127.0.0.1:" + one + "\", \"127.0.0.1:" + other + "\"] }]\n"
                + "    health-check: { grpc: {}, interval: 2s, fast-interval: 200ms, phi: { acceptable-pause: 1m } }\n";
    }
}
