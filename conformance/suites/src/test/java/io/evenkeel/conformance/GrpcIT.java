package io.evenkeel.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** gRPC through the router, by grpc-java's interop client and server. */
class GrpcIT {

    /** Of 25; the server has no cacheable_unary and does not probe compression. */
    private static final int PASS = 22;

    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest(name = "tls {0}, okhttp {1}")
    @CsvSource({"false, false", "false, true", "true, false", "true, true"})
    void everyCaseEndsAsItDoesWithoutTheRouter(boolean tls, boolean okHttp) throws Exception {
        int port = Ports.free();
        try (Program server = GrpcInterop.server(port, tls);
                RouterProgram router = RouterProgram.start(folder, yaml(tls, port))) {
            Map<String, String> direct = GrpcInterop.run(port, tls, okHttp);
            assertThat(direct.keySet()).containsExactlyInAnyOrderElementsOf(GrpcInterop.CASES);
            assertThat(Collections.frequency(direct.values(), "passed"))
                    .as("passed directly: %s", direct)
                    .isEqualTo(PASS);
            assertThat(GrpcInterop.run(router.port("web"), tls, okHttp)).isEqualTo(direct);
            assertThat(server.runs()).isTrue();
        }
    }

    private String yaml(boolean tls, int port) throws IOException {
        if (!tls) {
            return RouterProgram.yaml("{ name: web, address: 127.0.0.1:0 }", "    protocol: http2\n", port);
        }
        Path chain = GrpcInterop.credential(folder, "server1.pem");
        Path key = GrpcInterop.credential(folder, "server1.key");
        Path authority = GrpcInterop.credential(folder, "ca.pem");
        return RouterProgram.yaml(
                "{ name: web, address: 127.0.0.1:0, tls: { certificates: [{ chain: " + chain + ", key: " + key
                        + " }] } }",
                "    protocol: http2\n    tls: { enabled: true, server-name: " + GrpcInterop.SERVER_NAME + ", ca-file: "
                        + authority + " }\n",
                port);
    }
}
