package io.evenkeel.lab.drill;

import io.evenkeel.lab.record.Span;
import io.evenkeel.lab.record.View;
import io.evenkeel.lab.verdict.Check;
import io.evenkeel.lab.verdict.Checks;
import java.time.Instant;

/** A new task never becomes healthy. */
record Unhealthy() implements Drill {

    private static final int BEGIN_SECONDS = 120;
    private static final int RESTORE_SECONDS = 240;
    private static final int EVEN_SECONDS = 420;
    private static final String NODE = "n3";

    @Override
    public String name() {
        return "unhealthy";
    }

    @Override
    public String about() {
        return "Every VVM that is started on n3 is stopped (SIGSTOP) before it can answer its first health check. The rebalancer must give up in time, put"
                + " everything back as it was, and try again later; then VVMs may become healthy again and all becomes even.";
    }

    @Override
    public void play(Stage stage) {
        long unbalanced = Unbalance.by(stage, NODE, VVM);
        HeldBack held = stage.holdBack(NODE);
        new RebalancerLog(stage).await("await-healthy", BEGIN_SECONDS);
        stage.mark("the new task on " + NODE + " does not become healthy");
        long restored =
                stage.lookout().await("that the rebalancer gives up", RESTORE_SECONDS, () -> gaveUp(stage, unbalanced));
        stage.mark("the rebalancer gave up");
        stage.lookout()
                .awaitSeen(
                        "everything as it was",
                        60,
                        now -> now.count(VVM) == 6
                                && now.services().containsKey("vvm")
                                && !now.services().get("vvm").journal());
        stage.check(Aftermath.asItWas(stage));
        stage.check(Checks.neverBelow(stage.recording(), VVM, new Span(unbalanced, restored), 6));
        held.close();
        stage.mark("VVMs may be healthy again");
        long even = stage.lookout().awaitEven(VVM, EVEN_SECONDS);
        Span span = new Span(unbalanced, even);
        stage.check(Checks.even(stage.recording(), VVM, "2-2-2"));
        stage.check(Checks.neverBelow(stage.recording(), VVM, span, 6));
        stage.check(Checks.allAnswered(stage.recording(), "until all is even", span));
        stage.check(new Check(
                "a task was really held back",
                held.count() > 0,
                held.count() + " containers were stopped with SIGSTOP"));
        Aftermath.still(stage, VVM);
    }

    private static boolean gaveUp(Stage stage, long since) {
        return stage.recording().viewsSince(since).stream()
                .map(View::history)
                .filter(history -> !history.isEmpty())
                .anyMatch(history -> Instant.parse(history.get(0).at()).toEpochMilli() > since
                        && !history.get(0).result().equals("done"));
    }
}
