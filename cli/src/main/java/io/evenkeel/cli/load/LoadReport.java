package io.evenkeel.cli.load;

import java.io.PrintStream;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/**
 * What a {@link Load} found.
 *
 * @param answers how many answers came from each endpoint, by the name it gave
 * @param errors how many requests failed for each reason
 * @param latencyNanos from sending a request to the end of its answer
 */
public record LoadReport(
        Map<String, Integer> answers, Map<String, Integer> errors, Histogram latencyNanos, long elapsedNanos) {

    /**
     * Whether no request failed and each of so many endpoints got its share.
     *
     * @param tolerance the deviation from an equal share that is still even, such as 0.02; one request always is
     */
    public boolean even(int endpoints, double tolerance) {
        double allowed = Math.max(1, tolerance * share());
        return errors.isEmpty()
                && answers.size() == endpoints
                && answers.values().stream().allMatch(count -> Math.abs(count - share()) <= allowed);
    }

    /** Prints it for people. */
    public void print(PrintStream out) {
        int total = total(answers);
        out.printf("%d answers in %.2f s (%.0f/s)%n", total, elapsedNanos / 1e9, total * 1e9 / elapsedNanos);
        new TreeMap<>(answers)
                .forEach((endpoint, count) ->
                        out.printf("  %-8s %7d  %+.2f %%%n", endpoint, count, 100 * (count / share() - 1)));
        out.printf("latency p50 %s  p90 %s  p99 %s  max %s%n", at(50), at(90), at(99), at(100));
        out.printf("errors  %d%n", total(errors));
        new TreeMap<>(errors).forEach((reason, count) -> out.printf("  %7d  %s%n", count, reason));
    }

    private double share() {
        return (double) total(answers) / answers.size();
    }

    private String at(double percentile) {
        return String.format("%.2f ms", latencyNanos.getValueAtPercentile(percentile) / 1e6);
    }

    private static int total(Map<String, Integer> counts) {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }
}
