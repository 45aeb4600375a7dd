package io.evenkeel.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** HTTP/2 at the front door, by h2spec: every case of RFC 9113's predecessor and of HPACK, the strict ones too, none left out. */
class H2SpecIT {

    private static final int CASES = 146;

    /** Long enough for the cases that look at flow control. */
    private static final String PATH = "/?size=10k";

    @TempDir
    private static Path folder = Path.of("");

    @BeforeEach
    void isOneThatItRunsOn() {
        assumeTrue(
                "amd64".equals(System.getProperty("os.arch")) && "Linux".equals(System.getProperty("os.name")),
                "h2spec is a program for Linux on x86_64");
    }

    @Test
    void everyCasePassesInTheClear() throws Exception {
        assertAllPass("{ name: web, address: 127.0.0.1:0 }");
    }

    @Test
    void everyCasePassesOverTls() throws Exception {
        String tls = TestCertificate.write(folder).yaml();
        assertAllPass("{ name: web, address: 127.0.0.1:0, tls: " + tls + " }", "--tls", "--insecure");
    }

    private static void assertAllPass(String listener, String... more) throws Exception {
        try (VvmProgram vvm = VvmProgram.start();
                RouterProgram router = RouterProgram.start(folder, RouterProgram.yaml(listener, "", vvm.port()))) {
            H2SpecReport report = H2Spec.unpack(folder).run(router.port("web"), PATH, more);
            assertThat(report.others()).isEmpty();
            assertThat(report.cases()).isEqualTo(CASES);
        }
    }
}
