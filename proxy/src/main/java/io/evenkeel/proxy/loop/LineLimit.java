package io.evenkeel.proxy.loop;

/** Which of many lines are logged: so many each second, which an outage cannot turn into a second outage. Event-loop confined. */
public final class LineLimit {

    private static final int MAX_LINES_PER_SECOND = 20;
    private static final long SECOND_NANOS = 1_000_000_000;

    private final LoopClock clock;
    private long secondStartNanos;
    private int lines;
    private long suppressed;

    public LineLimit(LoopClock clock) {
        this.clock = clock;
    }

    /** Whether one more line is logged; otherwise it is counted. */
    public boolean admits() {
        long now = clock.batchNanos();
        if (now - secondStartNanos >= SECOND_NANOS) {
            secondStartNanos = now;
            lines = 0;
        }
        if (lines >= MAX_LINES_PER_SECOND) {
            suppressed++;
            return false;
        }
        lines++;
        return true;
    }

    /** How many lines were not logged since the last call. */
    public long takeSuppressed() {
        long count = suppressed;
        suppressed = 0;
        return count;
    }
}
