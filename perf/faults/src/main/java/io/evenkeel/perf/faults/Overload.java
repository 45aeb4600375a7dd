package io.evenkeel.perf.faults;

/** Twice as many requests as all endpoints together can answer. */
final class Overload implements FaultCase {

    private static final double LEAST_GOODPUT = 0.9;

    /** What the p99 of accepted requests is bounded by, ms: fifty service times. */
    private static final double LONGEST_MILLIS = 50 * Cases.SERVICE_MILLIS;

    /** How much resident memory may grow after the first third, MiB: what a heap that was collected late looks like. */
    private static final long MOST_GROWTH_MEBIBYTES = 32;

    /** Seconds after which nothing may be left of it. */
    private static final int WITHIN_SECONDS = 2;

    private static final int ENDPOINTS = 6;

    @Override
    public Service service() {
        return new Service(Cases.SERVICE_MILLIS, 4);
    }

    @Override
    public double rate() {
        return capacity() / 2;
    }

    private double capacity() {
        return ENDPOINTS * service().perSecond();
    }

    @Override
    public Lengths lengths(boolean quick) {
        return new Lengths(5, quick ? 12 : 60, quick ? 5 : 8);
    }

    @Override
    public void play(Trial trial, Findings findings) {
        Lengths lengths = trial.lengths();
        trial.at(lengths.normal(), () -> trial.load().rate(2 * capacity()));
        trial.at(lengths.end(), () -> trial.load().rate(rate()));
        trial.go(rate());
        Second faulty = trial.faulty();
        double share = trial.timeline().answered(lengths.normal(), lengths.end()) / (capacity() * lengths.fault());
        findings.judge(
                "goodput ≥ 90 % of capacity",
                share >= LEAST_GOODPUT,
                "%.0f %% of %.0f/s; %d turned away, %d hung",
                100 * share,
                capacity(),
                faulty.shed(),
                faulty.hung());
        findings.judge(
                "latency of accepted requests bounded: p99 ≤ 500 ms",
                faulty.good() > 0 && faulty.millis(99) <= LONGEST_MILLIS,
                "p50 %.0f, p99 %.0f ms",
                faulty.millis(50),
                faulty.millis(99));
        memory(trial, findings);
        recovery(trial, findings);
    }

    private static void memory(Trial trial, Findings findings) {
        Lengths lengths = trial.lengths();
        long third = trial.resident(lengths.normal() + lengths.fault() / 3);
        long last = trial.resident(lengths.end());
        findings.judge(
                "RSS bounded: grows ≤ 32 MiB after the first third",
                last - third <= MOST_GROWTH_MEBIBYTES,
                "%d → %d → %d MiB",
                trial.resident(lengths.normal()),
                third,
                last);
    }

    private static void recovery(Trial trial, Findings findings) {
        Lengths lengths = trial.lengths();
        double normal = Cases.NOISE * trial.worstNormalP99();
        int swift = trial.timeline().swiftAfter(lengths.end(), lengths.all(), normal);
        int faultless = trial.timeline().faultlessAfter(lengths.end(), lengths.all());
        findings.judge(
                "recovery within 2 s: nothing fails, p99 normal",
                Math.max(swift, faultless) <= WITHIN_SECONDS,
                Math.max(swift, faultless) == lengths.after() ? "not within %d s" : "%d s",
                Math.max(swift, faultless));
    }
}
