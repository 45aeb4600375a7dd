package io.evenkeel.perf.faults;

/** One endpoint becomes {@link Workers#SLOWNESS} times slower. The path of the requests decides which policy is asked. */
record OneSlow(boolean judged) implements FaultCase {

    /** How much the p99 over all requests may grow. */
    private static final double MOST_GROWTH = 1.5;

    @Override
    public Lengths lengths(boolean quick) {
        return new Lengths(5, quick ? 8 : 12, 1);
    }

    @Override
    public void play(Trial trial, Findings findings) {
        FaultyEndpoint victim = trial.fleet().at(0);
        trial.at(trial.lengths().normal(), () -> victim.become(Mode.SLOW));
        trial.at(trial.lengths().end(), () -> victim.become(Mode.OK));
        trial.go(rate());
        double normal = trial.normal().millis(99);
        double slow = trial.faulty().millis(99);
        String format = "%.2f × (%.0f → %.0f ms), %d failed";
        long failed = trial.all().requests() - trial.all().good();
        if (judged) {
            findings.judge(
                    "p99 ≤ 1.5 × normal", slow <= MOST_GROWTH * normal, format, slow / normal, normal, slow, failed);
        } else {
            findings.note("p99 (contrast)", format, slow / normal, normal, slow, failed);
        }
    }
}
