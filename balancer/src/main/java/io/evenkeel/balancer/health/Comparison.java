package io.evenkeel.balancer.health;

import io.evenkeel.config.OutlierConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Finds the endpoints that behaved much worse than the others over an interval. Stateless. */
final class Comparison {

    /** 5 ms: among endpoints that answer in less than that, a multiple is noise and nobody's loss. */
    private static final double LEAST_EXCESS_NANOS = Duration.ofMillis(5).toNanos();

    private static final double MILLI_NANOS = 1e6;

    private Comparison() {}

    /** An endpoint that stands out. */
    record Outlier(AttemptTally tally, EjectionReason reason, String text) {}

    /** Those that stand out; none where fewer than two had attempts enough. */
    static List<Outlier> find(List<Conduct> all, OutlierConfig config) {
        List<Outlier> found = new ArrayList<>();
        if (config.successMargin() > 0) {
            byRate(enough(all, config, false), config.successMargin(), found);
        }
        if (config.latencyFactor() > 0) {
            byLatency(enough(all, config, true), config.latencyFactor(), found);
        }
        return found;
    }

    private static List<Conduct> enough(List<Conduct> all, OutlierConfig config, boolean heads) {
        return all.stream()
                .filter(one -> (heads ? one.heads() : one.attempts()) >= config.minRequests())
                .toList();
    }

    private static void byRate(List<Conduct> all, int margin, List<Outlier> found) {
        double sum = all.stream().mapToDouble(Conduct::successRate).sum();
        for (Conduct one : all) {
            double others = (sum - one.successRate()) / (all.size() - 1);
            if (all.size() > 1 && 100 * (others - one.successRate()) > margin) {
                String text = String.format(
                        Locale.ROOT,
                        "success rate %.0f %%, the others' %.0f %%",
                        100 * one.successRate(),
                        100 * others);
                found.add(new Outlier(one.tally(), EjectionReason.SUCCESS_RATE, text));
            }
        }
    }

    private static void byLatency(List<Conduct> all, int factor, List<Outlier> found) {
        double[] sorted = all.stream().mapToDouble(Conduct::meanNanos).sorted().toArray();
        for (Conduct one : all) {
            double mean = one.meanNanos();
            double others = all.size() > 1 ? medianWithout(sorted, mean) : mean;
            if (mean > factor * others && mean - others > LEAST_EXCESS_NANOS) {
                String text = String.format(
                        Locale.ROOT,
                        "answers in %.1f ms, the others in %.1f ms",
                        mean / MILLI_NANOS,
                        others / MILLI_NANOS);
                found.add(new Outlier(one.tally(), EjectionReason.LATENCY, text));
            }
        }
    }

    /** The median of the values but one. */
    private static double medianWithout(double[] sorted, double value) {
        int gap = Arrays.binarySearch(sorted, value);
        int others = sorted.length - 1;
        double low = at(sorted, gap, (others - 1) / 2);
        double high = at(sorted, gap, others / 2);
        return (low + high) / 2;
    }

    private static double at(double[] sorted, int gap, int index) {
        return sorted[index < gap ? index : index + 1];
    }
}
