package io.evenkeel.perf.faults;

/**
 * All endpoints fail at once, and return at once.
 *
 * @param mode how they fail. Those that read a request's head before they reset can count what they were sent; connects
 *     that are refused are counted by the kernel, health checks among them
 */
record Outage(Mode mode) implements FaultCase {

    /** Most attempts per request. */
    private static final double MOST_ATTEMPTS = 1.2;

    /** Longest time to the first good answer, ms. */
    private static final double LONGEST_MILLIS = 1000;

    @Override
    public Lengths lengths(boolean quick) {
        return new Lengths(4, quick ? 5 : 8, 4);
    }

    @Override
    public void play(Trial trial, Findings findings) {
        Lengths lengths = trial.lengths();
        long[] refused = new long[2];
        trial.at(lengths.normal(), () -> {
            trial.fleet().become(mode);
            refused[0] = Kernel.failedConnects();
        });
        trial.at(lengths.end(), () -> {
            refused[1] = Kernel.failedConnects();
            trial.timeline().awaitGood();
            trial.fleet().become(Mode.OK);
        });
        trial.go(rate());
        report(trial, findings, refused[1] - refused[0]);
        returned(trial, findings);
    }

    private static void returned(Trial trial, Findings findings) {
        double millis = trial.timeline().firstGoodMillis();
        int after = trial.lengths().after();
        int seconds = trial.timeline()
                .faultlessAfter(trial.lengths().end(), trial.lengths().all());
        String good = Double.isInfinite(millis) ? "none within %2$d s" : "%1$.0f ms";
        String all = seconds == after ? "; not all well within %2$d s" : "; all well after %3$d s";
        findings.judge(
                "first success < 1 s after the return", millis < LONGEST_MILLIS, good + all, millis, after, seconds);
    }

    private void report(Trial trial, Findings findings, long refused) {
        long requests = trial.faulty().requests();
        if (mode == Mode.REFUSE) {
            findings.note("connects tried, checks among them", "%.2f × requests", (double) refused / requests);
        } else {
            double share = (double) trial.attempts(
                            trial.lengths().normal(), trial.lengths().end())
                    / requests;
            findings.judge("attempts ≤ 1.2 × requests", share <= MOST_ATTEMPTS, "%.2f × requests", share);
        }
    }
}
