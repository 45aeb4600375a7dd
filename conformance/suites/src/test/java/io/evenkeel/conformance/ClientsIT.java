package io.evenkeel.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Clients that people use: curl, those of nghttp2, Python's and Node's own. One router serves all of them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClientsIT {

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    /** Node 20 has its WebSocket client behind this option; later ones take no offence. */
    private static final String SOCKETS = "--experimental-websocket";

    private Path folder = Path.of("");
    private List<AutoCloseable> open = List.of();
    private String authority = "";
    private int clear;
    private int secure;
    private int sockets;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        this.folder = folder;
        TestCertificate certificate = TestCertificate.write(folder);
        authority = certificate.authority().toString();
        open = new ArrayList<>();
        VvmProgram vvm = VvmProgram.start();
        open.add(vvm);
        WebSocketEcho echo = new WebSocketEcho();
        open.add(echo);
        sockets = echo.port();
        RouterProgram router = RouterProgram.start(folder, yaml(certificate, echo.port(), vvm.port()));
        open.add(router);
        clear = router.port("clear");
        secure = router.port("secure");
    }

    @AfterAll
    void stop() throws Exception {
        for (AutoCloseable program : open) {
            program.close();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "--http1.1, http, 1.1",
        "--http1.0, http, 1.1",
        "--http2-prior-knowledge, http, 2",
        "--http1.1, https, 1.1",
        "--http2, https, 2",
        "--http2-prior-knowledge, https, 2"
    })
    void curlSpeaksTheVersionThatItIsToldTo(String option, String scheme, String version) throws Exception {
        List<String> command =
                new ArrayList<>(List.of("curl", "--silent", "--show-error", "--fail", option, "--cacert"));
        command.addAll(List.of(authority, "--write-out", "%{http_version} %{size_download}", "--output", "/dev/null"));
        command.add(scheme + "://localhost:" + (scheme.equals("https") ? secure : clear) + "/?size=1m");
        assertThat(Program.run(PATIENCE, command)).isEqualTo(version + " 1048576");
    }

    @ParameterizedTest
    @CsvSource({"http", "https"})
    void nghttpGetsManyStreams(String scheme) throws Exception {
        String url = url(scheme) + "/?size=10k";
        String said = Program.run(
                PATIENCE,
                List.of(House.tool("nghttp").toString(), "--null-out", "--stat", "--no-verify-peer", "-m", "50", url));
        assertThat(said.lines().filter(line -> line.matches(".* 200 +1[0-9]K? .*")))
                .as(said)
                .hasSize(50);
    }

    @ParameterizedTest
    @CsvSource({"http", "https"})
    void h2loadIsAnsweredWithoutAnError(String scheme) throws Exception {
        String said = Program.run(
                PATIENCE,
                List.of(
                        House.tool("h2load").toString(),
                        "-n",
                        "2000",
                        "-c",
                        "4",
                        "-m",
                        "50",
                        url(scheme) + "/api/check"));
        assertThat(said)
                .contains("2000 total, 2000 started, 2000 done, 2000 succeeded, 0 failed, 0 errored, 0 timeout");
    }

    @Test
    void pythonsOwnClients() throws Exception {
        assertThat(script("python3", "client.py")).endsWith("python: as expected");
    }

    @Test
    void nodesOwnClients() throws Exception {
        assertThat(script("node", "client.mjs")).endsWith("node: as expected");
    }

    @Test
    void nodesOwnWebSockets() throws Exception {
        try (Program probe = Program.start(List.of("node", SOCKETS, "--eval", "WebSocket"))) {
            assumeTrue(
                    probe.awaitEnd(PATIENCE) == 0,
                    "Node has a WebSocket client from 20.10 on; this one says: " + probe.said());
        }
        JsonNode direct = sockets("ws://127.0.0.1:" + sockets + "/sockets");
        SocketFindings.assertComplete(direct);
        assertThat(sockets("ws://127.0.0.1:" + clear + "/sockets")).isEqualTo(direct);
        assertThat(sockets("wss://localhost:" + secure + "/sockets")).isEqualTo(direct);
    }

    private JsonNode sockets(String url) throws Exception {
        List<String> command = List.of(
                "node",
                SOCKETS,
                "--no-warnings",
                House.scripts().resolve("node-sockets.mjs").toString(),
                url);
        try (Program node = Program.start(folder, Map.of("NODE_EXTRA_CA_CERTS", authority), command)) {
            assertThat(node.awaitEnd(PATIENCE)).as(node.said()).isZero();
            return new ObjectMapper().readTree(node.said());
        }
    }

    private String url(String scheme) {
        return scheme + "://127.0.0.1:" + (scheme.equals("https") ? secure : clear);
    }

    private String script(String interpreter, String name) throws Exception {
        return Program.run(
                PATIENCE,
                List.of(
                        interpreter,
                        House.scripts().resolve(name).toString(),
                        String.valueOf(clear),
                        String.valueOf(secure),
                        authority));
    }

    private static String yaml(TestCertificate certificate, int sockets, int others) {
        return RouterProgram.yamlWithSockets(
                "{ name: clear, address: 127.0.0.1:0 }, { name: secure, address: 127.0.0.1:0, tls: "
                        + certificate.yaml() + " }",
                sockets,
                others);
    }
}
