package io.evenkeel.perf.faults;

/** An endpoint's node vanishes: what was sent there stays unanswered, and connects get no answer. */
final class BlackHoled implements FaultCase {

    /** Seconds within which the p99 must be normal again. */
    private static final int WITHIN_SECONDS = 3;

    private Impact impact = new Impact(0, 0);

    @Override
    public Lengths lengths(boolean quick) {
        return new Lengths(5, quick ? 8 : 10, quick ? 2 : 3);
    }

    @Override
    public void play(Trial trial, Findings findings) {
        Lengths lengths = trial.lengths();
        FaultyEndpoint victim = trial.fleet().at(0);
        long[] swallowed = new long[2];
        trial.at(lengths.normal(), () -> {
            impact = victim.become(Mode.VANISH);
            swallowed[0] = victim.attempts();
        });
        trial.at(lengths.end(), () -> {
            swallowed[1] = victim.attempts();
            victim.become(Mode.OK);
        });
        trial.go(rate());
        report(trial, findings, impact.inFlight() + swallowed[1] - swallowed[0]);
    }

    private static void report(Trial trial, Findings findings, long waiting) {
        Lengths lengths = trial.lengths();
        double normal = Cases.NOISE * trial.worstNormalP99();
        int seconds = trial.timeline().swiftAfter(lengths.normal(), lengths.end(), normal);
        findings.judge(
                "p99 normal again within 3 s",
                seconds <= WITHIN_SECONDS,
                "after %d s; p99 %.0f → %.0f ms in all",
                seconds,
                trial.normal().millis(99),
                trial.faulty().millis(99));
        Second all = trial.all();
        findings.judge(
                "failed requests: at most those waiting in their first try",
                all.failedSafe() + all.failedUnsafe() <= waiting,
                "%d + %d; %d waiting",
                all.failedSafe(),
                all.failedUnsafe(),
                waiting);
    }
}
