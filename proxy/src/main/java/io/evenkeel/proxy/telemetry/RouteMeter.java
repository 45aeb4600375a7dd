package io.evenkeel.proxy.telemetry;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;

/**
 * What one event loop counts of the exchanges of one route: status codes, durations and the latency added by the router.
 *
 * <p><b>Threading.</b> Counting is confined to its event loop: no lock, no allocation. One thread at a time reads.
 */
public final class RouteMeter {

    /** Two digits keep a value within 1 % and a histogram of a minute's range within 30 KiB; it starts at 2 KiB and grows. */
    private static final int SIGNIFICANT_DIGITS = 2;

    /** About 39 hours; a stream that lives longer is recorded as this long, which bounds the histogram. */
    private static final long LONGEST_NANOS = 1L << 47;

    private final RouteLabels labels;
    private final LoopCounter limited = new LoopCounter();
    private final StatusCounts statuses = new StatusCounts();
    private final SingleWriterRecorder durations = new SingleWriterRecorder(SIGNIFICANT_DIGITS);
    private final SingleWriterRecorder added = new SingleWriterRecorder(SIGNIFICANT_DIGITS);

    RouteMeter(RouteLabels labels) {
        this.labels = labels;
    }

    /**
     * Counts one finished exchange.
     *
     * @param status the code answered or logged, 100–999
     * @param durationNanos from the first byte of the request to the last of the response
     * @param addedNanos the part of it that was spent in the router; negative when unknown, which records nothing
     */
    public void record(int status, long durationNanos, long addedNanos) {
        statuses.increment(status);
        durations.recordValue(bounded(durationNanos));
        if (addedNanos >= 0) {
            added.recordValue(bounded(addedNanos));
        }
    }

    /** Counts one request that the route's limit refused. */
    public void refusedByLimit() {
        limited.increment();
    }

    private static long bounded(long nanos) {
        return Math.max(0, Math.min(nanos, LONGEST_NANOS));
    }

    RouteLabels labels() {
        return labels;
    }

    long limited() {
        return limited.read();
    }

    StatusCounts statuses() {
        return statuses;
    }

    /** The durations recorded since the last call, in nanoseconds. */
    Histogram takeDurations() {
        return durations.getIntervalHistogram();
    }

    /** The added latencies recorded since the last call, in nanoseconds. */
    Histogram takeAdded() {
        return added.getIntervalHistogram();
    }
}
