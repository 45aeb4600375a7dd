package io.evenkeel.perf.faults;

/** Endpoints are killed, one after the other, and started again. */
final class Killed implements FaultCase {

    /** How long each stays dead, and then how long nothing happens, seconds. */
    private static final int TURN_SECONDS = 4;

    /** Requests per kill that are on the wire, sent but not yet read: the endpoint cannot count them. */
    private static final int ON_THE_WIRE = 1;

    private Impact impact = new Impact(0, 0);

    @Override
    public Lengths lengths(boolean quick) {
        return new Lengths(4, (quick ? 1 : 3) * 2 * TURN_SECONDS, 1);
    }

    @Override
    public void play(Trial trial, Findings findings) {
        impact = new Impact(0, 0);
        Lengths lengths = trial.lengths();
        int kills = 0;
        for (int second = lengths.normal(); second < lengths.end(); second += 2 * TURN_SECONDS) {
            FaultyEndpoint victim = trial.fleet().at(kills++);
            trial.at(second, () -> impact = impact.plus(victim.become(Mode.REFUSE)));
            trial.at(second + TURN_SECONDS, () -> victim.become(Mode.OK));
        }
        trial.go(rate());
        Second all = trial.all();
        findings.judge(
                "failed idempotent requests: 0",
                all.failedSafe() == 0,
                "%d of %d, %d kills",
                all.failedSafe(),
                all.requests(),
                kills);
        findings.judge(
                "failed others: at most those in flight there, and one on the wire per kill",
                all.failedUnsafe() <= impact.unsafe() + (long) ON_THE_WIRE * kills,
                "%d; %d in flight",
                all.failedUnsafe(),
                impact.unsafe());
    }
}
