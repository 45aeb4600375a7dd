package io.evenkeel.cli.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class LoadReportTest {

    @Test
    void shareWithinTheToleranceIsEven() {
        assertThat(report(Map.of("a", 980, "b", 1020), Map.of()).even(2, 0.02)).isTrue();
    }

    @Test
    void shareBeyondTheToleranceIsNotEven() {
        assertThat(report(Map.of("a", 979, "b", 1021), Map.of()).even(2, 0.02)).isFalse();
    }

    @Test
    void endpointWithoutAnyAnswerIsNotEven() {
        assertThat(report(Map.of("a", 1000), Map.of()).even(2, 0.02)).isFalse();
    }

    @Test
    void oneRequestMoreOrLessIsAsEvenAsItGets() {
        assertThat(report(Map.of("a", 2, "b", 1), Map.of()).even(2, 0.02)).isTrue();
    }

    @Test
    void errorIsNeverEven() {
        assertThat(report(Map.of("a", 1000, "b", 1000), Map.of("status 502", 1)).even(2, 0.02))
                .isFalse();
    }

    @Test
    void printedReportHasSpreadLatencyAndErrors() {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        report(Map.of("vvm-1", 990, "vvm-2", 1010), Map.of("status 502", 3))
                .print(new PrintStream(printed, true, StandardCharsets.UTF_8));
        assertThat(printed.toString(StandardCharsets.UTF_8).lines())
                .containsExactly(
                        "2000 answers in 2.00 s (1000/s)",
                        "  vvm-1        990  -1.00 %",
                        "  vvm-2       1010  +1.00 %",
                        "latency p50 1.00 ms  p90 1.00 ms  p99 1.00 ms  max 1.00 ms",
                        "errors  3",
                        "        3  status 502");
    }

    private static LoadReport report(Map<String, Integer> answers, Map<String, Integer> errors) {
        Histogram latency = new Histogram(3);
        latency.recordValue(1_000_000);
        return new LoadReport(answers, errors, latency, 2_000_000_000);
    }
}
