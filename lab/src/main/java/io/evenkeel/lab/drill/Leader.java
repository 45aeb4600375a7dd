package io.evenkeel.lab.drill;

import io.evenkeel.lab.record.Snapshot;
import io.evenkeel.lab.record.Span;
import io.evenkeel.lab.verdict.Checks;

/** The managers lose their leader while a task is being moved. */
record Leader() implements Drill {

    private static final int BEGIN_SECONDS = 120;
    private static final int EVEN_SECONDS = 420;

    @Override
    public String name() {
        return "leader";
    }

    @Override
    public String about() {
        return "While a task is being moved the power of the node goes that leads Swarm's managers. The run must stop without harm; when the node is back all"
                + " becomes even.";
    }

    @Override
    public void play(Stage stage) {
        String leader = stage.lookout().see().map(Snapshot::leader).orElse("n1");
        String other = leader.equals("n3") ? "n2" : "n3";
        Unbalance.by(stage, other, VVM);
        new RebalancerLog(stage).await("await-healthy", BEGIN_SECONDS);
        long failed = stage.fail(leader, "kill");
        stage.lookout().await("another leader", 60, () -> stage.lookout()
                .see()
                .filter(now -> !now.leader().isEmpty() && !now.leader().equals(leader))
                .isPresent());
        stage.mark("there is another leader");
        stage.lookout()
                .awaitSeen(
                        "six tasks on two nodes",
                        180,
                        now -> now.count(VVM) >= 6 && now.running(VVM).getOrDefault(leader, 0) == 0);
        stage.lookout().seconds(10);
        long recovered = stage.recover(leader);
        long even = stage.lookout().awaitEven(VVM, EVEN_SECONDS);
        Span recovery = new Span(recovered, even);
        stage.check(Checks.failuresNear(stage.recording(), new Span(failed, recovered), 3_000));
        stage.check(Checks.even(stage.recording(), VVM, "2-2-2"));
        stage.check(Checks.neverBelow(stage.recording(), VVM, recovery, 6));
        stage.check(Checks.allAnswered(stage.recording(), "from the recovery until all is even", recovery));
        stage.check(Aftermath.asItWas(stage));
        Aftermath.still(stage, VVM);
    }
}
