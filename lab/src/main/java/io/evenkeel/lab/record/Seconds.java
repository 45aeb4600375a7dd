package io.evenkeel.lab.record;

import java.util.ArrayList;
import java.util.List;

/** Requests by the second in which they were due. Immutable. */
public final class Seconds {

    private final List<Second> all;

    /**
     * One second.
     *
     * @param failed those of the requests that were not answered as they should be
     * @param p50 of the good answers to requests that were not slow by intent, ms; 0 without any
     * @param p99 likewise
     */
    public record Second(int requests, int failed, double p50, double p99) {}

    private Seconds(List<Second> all) {
        this.all = List.copyOf(all);
    }

    /** The seconds of a span; the first begins with it. */
    public static Seconds of(List<Outcome> outcomes, Span span) {
        List<List<Outcome>> buckets = new ArrayList<>();
        for (long from = span.from(); from <= span.to(); from += 1000) {
            buckets.add(new ArrayList<>());
        }
        for (Outcome outcome : outcomes) {
            if (span.has(outcome.due())) {
                buckets.get((int) ((outcome.due() - span.from()) / 1000)).add(outcome);
            }
        }
        return new Seconds(buckets.stream().map(Seconds::second).toList());
    }

    private static Second second(List<Outcome> outcomes) {
        Percentiles latencies = new Percentiles(outcomes.stream()
                .filter(outcome -> outcome.good() && !outcome.kind().equals("slow"))
                .mapToDouble(Outcome::millis)
                .toArray());
        int good = (int) outcomes.stream().filter(Outcome::good).count();
        return new Second(outcomes.size(), outcomes.size() - good, latencies.at(50), latencies.at(99));
    }

    /** In order. */
    public List<Second> all() {
        return all;
    }
}
