package io.evenkeel.proxy.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** In a JVM of its own, because leak detection, which is on in this one, allocates for every buffer. */
@Timeout(180)
class AllocationTest {

    /** DESIGN §5. */
    private static final double MOST_BYTES_PER_REQUEST = 200;

    private static final Pattern RESULT = Pattern.compile(AllocationProbe.RESULT + "(\\S+)");

    @ParameterizedTest
    @ValueSource(strings = {"nio", "auto"})
    void anEventLoopAllocatesNextToNothingPerRequest(String transport) throws Exception {
        Process process =
                new ProcessBuilder(command(transport)).redirectErrorStream(true).start();
        String output = read(process);

        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        Matcher result = RESULT.matcher(output);
        assertThat(result.find()).as(output).isTrue();
        assertThat(Double.parseDouble(result.group(1))).as("bytes per request").isLessThan(MOST_BYTES_PER_REQUEST);
    }

    private static List<String> command(String transport) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx128m",
                "-Dio.netty.leakDetection.level=disabled",
                "-cp",
                System.getProperty("java.class.path"),
                AllocationProbe.class.getName(),
                transport);
    }

    private static String read(Process process) throws IOException {
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
