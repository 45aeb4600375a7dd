package io.evenkeel.cli.load;

import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/**
 * What the answers of a {@link Load} were, counted as they come.
 *
 * <p><b>Threading.</b> Event-loop confined until {@link #report}, which is called when the load has ended.
 */
final class Tally {

    /** Nanoseconds; whatever took longer counts as this. */
    private static final long LONGEST_NANOS = 60_000_000_000L;

    /** Significant digits: latencies are exact to 0.1 %. */
    private static final int DIGITS = 3;

    private final Map<String, Integer> answers = new TreeMap<>();
    private final Map<String, Integer> errors = new TreeMap<>();
    private final Histogram latencyNanos = new Histogram(LONGEST_NANOS, DIGITS);

    void answered(String endpoint, long nanos) {
        answers.merge(endpoint, 1, Integer::sum);
        latencyNanos.recordValue(Math.min(nanos, LONGEST_NANOS));
    }

    void failed(String reason) {
        errors.merge(reason, 1, Integer::sum);
    }

    LoadReport report(long elapsedNanos) {
        return new LoadReport(Map.copyOf(answers), Map.copyOf(errors), latencyNanos, elapsedNanos);
    }
}
