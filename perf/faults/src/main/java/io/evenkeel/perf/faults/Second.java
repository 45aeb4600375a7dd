package io.evenkeel.perf.faults;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** What became of the requests that were due in one second of a run, or in several. */
final class Second {

    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(2 * OpenLoop.PATIENCE_SECONDS);

    private final Histogram latencies = new Histogram(TimeUnit.MICROSECONDS.toNanos(10), LONGEST_NANOS, 3);
    private long requests;
    private long failedSafe;
    private long failedUnsafe;
    private long shed;
    private long hung;

    void add(Request request) {
        requests++;
        Ending ending = request.ending;
        if (ending == Ending.OK) {
            latencies.recordValue(Math.min(request.latencyNanos(), LONGEST_NANOS));
        } else if (request.unsafe) {
            failedUnsafe++;
        } else {
            failedSafe++;
        }
        shed += ending == Ending.SHED ? 1 : 0;
        hung += ending == Ending.HUNG ? 1 : 0;
    }

    void add(Second other) {
        latencies.add(other.latencies);
        requests += other.requests;
        failedSafe += other.failedSafe;
        failedUnsafe += other.failedUnsafe;
        shed += other.shed;
        hung += other.hung;
    }

    /** All requests. */
    long requests() {
        return requests;
    }

    /** Those that were answered well. */
    long good() {
        return latencies.getTotalCount();
    }

    /** Idempotent requests that were not. */
    long failedSafe() {
        return failedSafe;
    }

    /** Others that were not. */
    long failedUnsafe() {
        return failedUnsafe;
    }

    /** Those of the failed that were turned away with Retry-After. */
    long shed() {
        return shed;
    }

    /** Those of the failed that nobody answered. */
    long hung() {
        return hung;
    }

    /** A percentile of the latencies of good answers, ms, from the time each was due; 0 without any. */
    double millis(double percentile) {
        return good() == 0 ? 0 : latencies.getValueAtPercentile(percentile) / 1e6;
    }
}
