package io.evenkeel.perf.load;

import org.HdrHistogram.Histogram;

/**
 * What a run measured: nanoseconds from the time a request was due to the end of its response.
 *
 * @param latencies of the successful recorded requests, nanoseconds, three digits
 * @param errors recorded requests answered with another status than 2xx, or not at all
 */
record Outcome(Histogram latencies, long errors) {

    /** One line: requests, errors, then p50, p99, p99.9 and the maximum in microseconds, separated by tabs. */
    String row() {
        return latencies.getTotalCount() + "\t" + errors + "\t" + micros(50) + "\t" + micros(99) + "\t" + micros(99.9)
                + "\t" + micros(100);
    }

    private String micros(double percentile) {
        return String.valueOf(Math.round(latencies.getValueAtPercentile(percentile) / 1e3));
    }
}
