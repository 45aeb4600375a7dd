package io.evenkeel.lab.drill;

import io.evenkeel.lab.record.Snapshot;
import io.evenkeel.lab.record.Span;
import io.evenkeel.lab.verdict.Check;
import io.evenkeel.lab.verdict.Checks;
import java.util.List;
import java.util.Locale;

/** The rebalancer is killed at each step of a move. */
record Crash() implements Drill {

    private static final List<String> STEPS =
            List.of("begin", "start-new", "await-healthy", "drain", "stop-old", "verify", "settle");

    private static final int STEP_SECONDS = 300;
    private static final int EVEN_SECONDS = 300;

    @Override
    public String name() {
        return "crash";
    }

    @Override
    public String about() {
        return "The rebalancer is killed with SIGKILL at each step of a move, once per step. Swarm starts another, which must end what the first began: its"
                + " journal, a label of the service, says what that was.";
    }

    /** No node fails here, so that nothing but the passing of time makes it look. */
    @Override
    public void prepare(Stage stage) {
        stage.undoing("let the rebalancer look as rarely as before", () -> interval(stage, "5m"));
        interval(stage, "5s");
    }

    private static void interval(Stage stage, String time) {
        stage.docker("service", "update", "--env-add", "INTERVAL=" + time, "evenkeel_rebalancer");
    }

    @Override
    public void play(Stage stage) {
        List<String> nodes = List.of("n1", "n2", "n3");
        for (int i = 0; i < STEPS.size(); i++) {
            once(stage, STEPS.get(i), nodes.get(i % nodes.size()));
        }
        Aftermath.still(stage, VVM);
    }

    private static void once(Stage stage, String step, String node) {
        long unbalanced = Unbalance.vvmsOff(stage, node);
        Snapshot.Task rebalancer = new RebalancerLog(stage).await(step, STEP_SECONDS);
        stage.run("kill", "-9", String.valueOf(rebalancer.process()));
        long killed = stage.mark("SIGKILL to the rebalancer on " + rebalancer.node() + " at its step " + step);
        long even = stage.lookout().awaitEven(VVM, EVEN_SECONDS);
        Span span = new Span(unbalanced, even);
        String at = " (killed at " + step + ")";
        stage.check(named(Checks.even(stage.recording(), VVM, "2-2-2"), at));
        stage.check(named(Checks.moved(stage.recording(), VVM, span, 2), at));
        stage.check(named(Checks.neverBelow(stage.recording(), VVM, span, 6), at));
        stage.check(named(Checks.allAnswered(stage.recording(), "until all is even", span), at));
        stage.check(new Check(
                "its successor ends what it began" + at,
                stage.lookout()
                        .see()
                        .filter(now -> !now.services().getOrDefault("vvm", NONE).journal())
                        .isPresent(),
                String.format(Locale.ROOT, "even %.1f s after the kill", (even - killed) / 1e3)));
    }

    private static final Snapshot.Service NONE = new Snapshot.Service(0, 0, true, List.of());

    private static Check named(Check check, String at) {
        return new Check(check.what() + at, check.passed(), check.figures());
    }
}
