package io.evenkeel.lab.record;

/**
 * A stretch of time, both ends in it, ms since 1970. Immutable.
 */
public record Span(long from, long to) {

    /** Whether a moment is in it. */
    public boolean has(long at) {
        return at >= from && at <= to;
    }

    /** Its length, s. */
    public double seconds() {
        return (to - from) / 1e3;
    }
}
