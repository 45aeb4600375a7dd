package io.evenkeel.conformance;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.zip.ZipFile;

/** The interop server and client of grpc-java. */
final class GrpcInterop {

    /** All but those that need an account at Google and those about a client's own balancing by load reports. */
    static final List<String> CASES = List.of(
            "empty_unary",
            "cacheable_unary",
            "large_unary",
            "client_compressed_unary",
            "client_compressed_unary_noprobe",
            "server_compressed_unary",
            "client_streaming",
            "client_compressed_streaming",
            "client_compressed_streaming_noprobe",
            "server_streaming",
            "server_compressed_streaming",
            "ping_pong",
            "empty_stream",
            "custom_metadata",
            "status_code_and_message",
            "special_status_message",
            "unimplemented_method",
            "unimplemented_service",
            "cancel_after_begin",
            "cancel_after_first_response",
            "timeout_on_sleeping_server",
            "very_large_request",
            "pick_first_unary",
            "rpc_soak",
            "channel_soak");

    /** The server that the test certificates are for. */
    static final String SERVER_NAME = "foo.test.google.fr";

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    /** Soaks are short, and slow where both cores are busy. */
    private static final List<String> SOAK = List.of(
            "--soak_iterations=20",
            "--soak_per_iteration_max_acceptable_latency_ms=60000",
            "--soak_overall_timeout_seconds=300");

    private static final Pattern LINE = Pattern.compile("^case (\\S+) (.*)$", Pattern.MULTILINE);

    private GrpcInterop() {}

    /** Starts the server on a port of 127.0.0.1 and waits until it listens. */
    static Program server(int port, boolean tls) throws IOException {
        Program server = Program.start(List.of(
                House.java(),
                "-Xmx256m",
                "-cp",
                House.lib("grpc") + "/*",
                "io.grpc.testing.integration.TestServiceServer",
                "--address_type=IPV4",
                "--port=" + port,
                "--use_tls=" + tls));
        server.awaitLine("Server started");
        return server;
    }

    /** Runs every case against a port of 127.0.0.1; gives how each ended. */
    static Map<String, String> run(int port, boolean tls, boolean okHttp) throws Exception {
        return run(CASES, port, tls, okHttp);
    }

    /** Runs some of them. */
    static Map<String, String> run(List<String> cases, int port, boolean tls, boolean okHttp) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                House.java(),
                "-Xmx256m",
                "-cp",
                House.classes() + File.pathSeparator + House.lib("grpc") + "/*",
                GrpcCases.class.getName(),
                String.join(",", cases),
                "--server_host=127.0.0.1",
                "--server_host_override=" + SERVER_NAME,
                "--server_port=" + port,
                "--use_tls=" + tls,
                "--use_test_ca=" + tls,
                "--use_okhttp=" + okHttp));
        command.addAll(SOAK);
        Map<String, String> outcomes = new TreeMap<>();
        for (MatchResult line :
                LINE.matcher(Program.run(PATIENCE, command)).results().toList()) {
            outcomes.put(line.group(1), line.group(2));
        }
        return outcomes;
    }

    /** Copies one of the test certificates or keys to a folder. */
    static Path credential(Path folder, String name) throws IOException {
        try (ZipFile jar = new ZipFile(House.jar("grpc", "grpc-testing-").toFile());
                InputStream in = jar.getInputStream(jar.getEntry("certs/" + name))) {
            return Files.write(folder.resolve(name), in.readAllBytes());
        }
    }
}
