package io.evenkeel.proxy.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.channel.epoll.Epoll;
import io.netty.channel.uring.IoUring;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** In a JVM of its own, because leak detection, which is on in this one, allocates for every buffer. */
@Timeout(180)
class AllocationTest {

    private static final Pattern RESULT = Pattern.compile(AllocationProbe.RESULT + "(\\S+)");

    /**
     * The bar of DESIGN §5 is 200 bytes. Netty's io_uring transport and the JDK's NIO channels make an object for each of the four operations of a
     * request, and whether the compiler does away with them differs from run to run. Without escape analysis they are 310 and 130 bytes on Java 17,
     * 435 and 385 on 25: those bounds allow for all of them, and for nothing of ours.
     */
    @ParameterizedTest
    @CsvSource({"nio, 480", "epoll, 200", "io-uring, 480"})
    void anEventLoopAllocatesNextToNothingPerRequest(String transport, double mostBytes) throws Exception {
        assumeTrue(available(transport), transport);
        Process process = new ProcessBuilder(command(transport, mostBytes))
                .redirectErrorStream(true)
                .start();
        String output = read(process);

        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        Matcher result = RESULT.matcher(output);
        assertThat(result.find()).as(output).isTrue();
        assertThat(Double.parseDouble(result.group(1))).as("bytes per request").isLessThan(mostBytes);
    }

    private static boolean available(String transport) {
        return switch (transport) {
            case "epoll" -> Epoll.isAvailable();
            case "io-uring" -> IoUring.isAvailable();
            default -> true;
        };
    }

    private static List<String> command(String transport, double mostBytes) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx128m",
                "-Dio.netty.leakDetection.level=disabled",
                "-cp",
                System.getProperty("java.class.path"),
                AllocationProbe.class.getName(),
                transport,
                Double.toString(mostBytes));
    }

    private static String read(Process process) throws IOException {
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
