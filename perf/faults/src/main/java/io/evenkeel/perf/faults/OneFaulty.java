package io.evenkeel.perf.faults;

/**
 * One endpoint misbehaves. Nothing is required of it that the issue names; what clients feel is shown.
 *
 * @param mode how it misbehaves
 */
record OneFaulty(Mode mode) implements FaultCase {

    @Override
    public Lengths lengths(boolean quick) {
        return new Lengths(3, quick ? 5 : 6, 1);
    }

    @Override
    public void play(Trial trial, Findings findings) {
        FaultyEndpoint victim = trial.fleet().at(0);
        trial.at(trial.lengths().normal(), () -> victim.become(mode));
        trial.at(trial.lengths().end(), () -> victim.become(Mode.OK));
        long before = victim.attempts();
        trial.go(rate());
        Second faulty = trial.faulty();
        findings.note(
                "failed idempotent + others; p99",
                "%d + %d of %d; p99 %.0f → %.0f ms; %d sent there",
                faulty.failedSafe(),
                faulty.failedUnsafe(),
                faulty.requests(),
                trial.normal().millis(99),
                faulty.millis(99),
                victim.attempts() - before);
    }
}
