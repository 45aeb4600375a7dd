package io.evenkeel.proxy.telemetry;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * The bucket bounds of a latency histogram, evenly spaced on a logarithmic scale: 25 per decade, so neighbours are less than 10 %
 * apart and every quantile can be read within 10 %. Immutable.
 */
final class LatencyScale {

    private static final double PER_DECADE = 25;

    /** Keeps the bounds readable; rounding to fewer digits would move neighbours more than 10 % apart. */
    private static final MathContext DIGITS = new MathContext(4);

    /** From the quickest answer over loopback to the default time-outs: 50 µs to 60 s. */
    static final LatencyScale DURATION = new LatencyScale(50_000, 60_000_000_000L);

    /** What the router itself takes: 1 µs to 1 s. */
    static final LatencyScale ADDED = new LatencyScale(1_000, 1_000_000_000);

    private final long[] boundNanos;
    private final String[] labels;

    private LatencyScale(long firstNanos, long lastNanos) {
        int count = 1 + (int) Math.ceil(PER_DECADE * Math.log10((double) lastNanos / firstNanos));
        boundNanos = new long[count];
        labels = new String[count];
        for (int i = 0; i < count; i++) {
            BigDecimal nanos = new BigDecimal(firstNanos * Math.pow(10, i / PER_DECADE), DIGITS);
            boundNanos[i] = nanos.longValue();
            labels[i] =
                    BigDecimal.valueOf(boundNanos[i], 9).stripTrailingZeros().toPlainString();
        }
    }

    int size() {
        return boundNanos.length;
    }

    /** The largest value, in nanoseconds, that the bucket of this index holds. */
    long boundNanos(int index) {
        return boundNanos[index];
    }

    /** The same in seconds, as the label {@code le} has it. */
    String label(int index) {
        return labels[index];
    }
}
