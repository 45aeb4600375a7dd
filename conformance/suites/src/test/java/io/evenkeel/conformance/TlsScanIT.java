package io.evenkeel.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A TLS listener with its defaults, as scanners see it. */
class TlsScanIT {

    private static final Duration PATIENCE = Duration.ofMinutes(15);

    /** What is not as it should be, by testssl's own measure. */
    private static final Set<String> RED = Set.of("LOW", "MEDIUM", "HIGH", "CRITICAL");

    /** The authority of the test's certificate answers nobody; fields such as Content-Security-Policy are the endpoint's to send. */
    private static final Set<String> OF_THE_TEST = Set.of("cert_revocation", "security_headers");

    @TempDir
    private Path folder = Path.of("");

    @Test
    void sslscanSeesOnlyWhatIsStrong() throws Exception {
        try (VvmProgram vvm = VvmProgram.start();
                RouterProgram router = router(TestCertificate.write(folder), vvm)) {
            Path report = folder.resolve("sslscan.xml");
            Program.run(
                    PATIENCE,
                    List.of(House.tool("sslscan").toString(), "--xml=" + report, "127.0.0.1:" + router.port("web")));
            String xml = Files.readString(report);
            assertThat(xml)
                    .contains(
                            "type=\"tls\" version=\"1.2\" enabled=\"1\"", "type=\"tls\" version=\"1.3\" enabled=\"1\"")
                    .contains("heartbleed")
                    .doesNotContain(
                            "type=\"ssl\" version=\"2\" enabled=\"1\"",
                            "type=\"ssl\" version=\"3\" enabled=\"1\"",
                            "type=\"tls\" version=\"1.0\" enabled=\"1\"",
                            "type=\"tls\" version=\"1.1\" enabled=\"1\"",
                            "vulnerable=\"1\"",
                            "renegotiation supported=\"1\" secure=\"0\"",
                            "compression supported=\"1\"",
                            "strength=\"weak\"",
                            "strength=\"null\"",
                            "strength=\"anonymous\"",
                            "strength=\"medium\"");
        }
    }

    @Test
    @Tag("full")
    void testsslFindsNothingRed() throws Exception {
        TestCertificate certificate = TestCertificate.write(folder);
        try (VvmProgram vvm = VvmProgram.start();
                RouterProgram router = router(certificate, vvm)) {
            Path report = folder.resolve("testssl.json");
            List<String> command = List.of(
                    House.tool("testssl").toString(),
                    "--quiet",
                    "--nodns",
                    "none",
                    "--warnings",
                    "batch",
                    "--add-ca",
                    certificate.authority().toString(),
                    "--jsonfile",
                    report.toString(),
                    "127.0.0.1:" + router.port("web"));
            try (Program testssl = Program.start(command)) {
                testssl.awaitEnd(PATIENCE);
                assertThat(testssl.said()).contains(" Done ");
            }
            JsonNode findings = new ObjectMapper().readTree(report.toFile());
            assertThat(findings).hasSizeGreaterThan(50);
            assertThat(red(findings)).isEmpty();
        }
    }

    private static List<String> red(JsonNode findings) {
        return StreamSupport.stream(findings.spliterator(), false)
                .filter(finding -> RED.contains(finding.path("severity").asText()))
                .filter(finding -> !OF_THE_TEST.contains(finding.path("id").asText()))
                .map(JsonNode::toString)
                .toList();
    }

    private RouterProgram router(TestCertificate certificate, VvmProgram vvm) throws Exception {
        String listener = "{ name: web, address: 127.0.0.1:0, tls: " + certificate.yaml() + " }";
        return RouterProgram.start(folder, RouterProgram.yaml(listener, "", vvm.port()));
    }
}
