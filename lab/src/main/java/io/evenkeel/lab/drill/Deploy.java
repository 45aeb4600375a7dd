package io.evenkeel.lab.drill;

import io.evenkeel.lab.record.Span;
import io.evenkeel.lab.verdict.Checks;

/** An operator deploys the stack while a task is being moved. */
record Deploy() implements Drill {

    private static final int BEGIN_SECONDS = 120;
    private static final int EVEN_SECONDS = 300;

    /** What the deploy itself may cost: the time in which a task starts. */
    private static final long TAKEN_BACK_MILLIS = 10_000;

    @Override
    public String name() {
        return "deploy";
    }

    @Override
    public String about() {
        return "While a task is being moved an operator deploys the very same stack again, which takes the additional replica back: then Swarm"
                + " may stop a healthy one while the new one still starts. The operator wins; the rebalancer must notice, and make the rest of the way"
                + " afterwards.";
    }

    @Override
    public void play(Stage stage) {
        long unbalanced = Unbalance.by(stage, "n3", VVM);
        new RebalancerLog(stage).await("await-healthy", BEGIN_SECONDS);
        long deploy = stage.mark("docker stack deploy");
        stage.lab("deploy");
        stage.mark("deployed");
        long even = stage.lookout().awaitEven(VVM, EVEN_SECONDS);
        Span span = new Span(unbalanced, even);
        stage.check(Checks.even(stage.recording(), VVM, "2-2-2"));
        stage.check(Checks.neverBelow(stage.recording(), VVM, new Span(unbalanced, deploy), 6));
        stage.check(Checks.allAnswered(stage.recording(), "until all is even", span));
        stage.check(Aftermath.asItWas(stage));
        Aftermath.still(stage, VVM);
        stage.check(Checks.neverBelow(stage.recording(), VVM, new Span(deploy + TAKEN_BACK_MILLIS, stage.now()), 6));
    }
}
