package io.evenkeel.discovery.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** What Prometheus' own checker says of a page of metrics. Stateless. */
public final class Promtool {

    private Promtool() {}

    /** Its complaints, empty if there are none; aborts the test where it is not installed. */
    public static String complaints(String page) throws IOException, InterruptedException {
        Assumptions.assumeTrue(isOnPath("promtool"), "promtool is not installed");
        Process promtool = new ProcessBuilder("promtool", "check", "metrics")
                .redirectErrorStream(true)
                .start();
        try (OutputStream in = promtool.getOutputStream()) {
            in.write(page.getBytes(StandardCharsets.UTF_8));
        }
        String said = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int status = promtool.waitFor();
        return status == 0 ? said : said + "promtool ended with " + status;
    }

    private static boolean isOnPath(String program) {
        for (String folder : System.getenv("PATH").split(":", -1)) {
            if (Files.isExecutable(Path.of(folder, program))) {
                return true;
            }
        }
        return false;
    }
}
