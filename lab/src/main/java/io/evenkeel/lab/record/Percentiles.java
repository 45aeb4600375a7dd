package io.evenkeel.lab.record;

import java.util.Arrays;

/** Percentiles by nearest rank, of few enough values to keep them all. Immutable. */
public final class Percentiles {

    private final double[] sorted;

    /** Of these, in any order. */
    public Percentiles(double[] values) {
        sorted = values.clone();
        Arrays.sort(sorted);
    }

    /** The least value that so many percent of all are not above; 0 without any value. */
    public double at(double percent) {
        if (sorted.length == 0) {
            return 0;
        }
        int rank = (int) Math.ceil(percent / 100 * sorted.length);
        return sorted[Math.min(sorted.length, Math.max(1, rank)) - 1];
    }
}
