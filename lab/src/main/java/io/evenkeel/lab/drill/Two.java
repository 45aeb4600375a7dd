package io.evenkeel.lab.drill;

import io.evenkeel.lab.record.Snapshot;
import io.evenkeel.lab.record.Span;
import io.evenkeel.lab.record.View;
import io.evenkeel.lab.verdict.Check;
import io.evenkeel.lab.verdict.Checks;

/** Two rebalancers. */
record Two() implements Drill {

    private static final int EVEN_SECONDS = 300;

    @Override
    public String name() {
        return "two";
    }

    @Override
    public String about() {
        return "Two rebalancers run. Only the one that holds the lock in Consul may act; it is killed while it moves a task, and the other must go on.";
    }

    @Override
    public void play(Stage stage) {
        stage.undoing(
                "have one rebalancer", () -> stage.docker("service", "scale", "--detach", "evenkeel_rebalancer=1"));
        stage.mark("a second rebalancer is started");
        stage.docker("service", "scale", "--detach", "evenkeel_rebalancer=2");
        stage.lookout()
                .awaitSeen(
                        "two rebalancers", 60, now -> now.tasksOf("rebalancer").size() == 2);
        stage.lookout().await("an active rebalancer", 90, () -> stage.lookout()
                .active()
                .isPresent());
        long unbalanced = Unbalance.by(stage, "n3", VVM);
        View active = step(stage);
        Snapshot.Task task = stage.lookout()
                .see()
                .flatMap(now -> now.tasksOf("rebalancer").stream()
                        .filter(one -> one.id().equals(active.task()))
                        .findFirst())
                .orElseThrow(() -> new NotInTime("the active rebalancer is gone"));
        stage.run("kill", "-9", String.valueOf(task.process()));
        long killed =
                stage.mark("SIGKILL to the active rebalancer on " + task.node() + " at its step " + active.step());
        long even = stage.lookout().awaitEven(VVM, EVEN_SECONDS);
        Span span = new Span(unbalanced, even);
        stage.check(Checks.oneActive(stage.recording(), span));
        stage.check(another(stage, task.id(), new Span(killed, even)));
        stage.check(Checks.even(stage.recording(), VVM, "2-2-2"));
        stage.check(Checks.moved(stage.recording(), VVM, span, 2));
        stage.check(Checks.neverBelow(stage.recording(), VVM, span, 6));
        stage.check(Checks.allAnswered(stage.recording(), "until all is even", span));
        Aftermath.still(stage, VVM);
    }

    private static View step(Stage stage) {
        stage.lookout().await("a move", 120, () -> moving(stage));
        return stage.lookout().active().orElseThrow(() -> new NotInTime("nobody is active"));
    }

    private static boolean moving(Stage stage) {
        return stage.lookout().active().map(view -> !view.step().isEmpty()).orElse(false);
    }

    private static Check another(Stage stage, String killed, Span span) {
        return stage.recording().views().stream()
                .filter(view ->
                        span.has(view.at()) && view.active() && !view.task().equals(killed))
                .findFirst()
                .map(view -> new Check(
                        "another becomes active",
                        view.at() - span.from() < 60_000,
                        "after " + (view.at() - span.from()) + " ms (must be < 60000)"))
                .orElse(new Check("another becomes active", false, "none did"));
    }
}
