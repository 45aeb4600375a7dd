package io.evenkeel.lab.drill;

import io.evenkeel.lab.record.Span;
import io.evenkeel.lab.record.View;
import io.evenkeel.lab.verdict.Check;
import io.evenkeel.lab.verdict.Checks;
import java.util.Set;

/** Consul is not there when a node comes back. */
record ConsulDown() implements Drill {

    private static final int WITHOUT_SECONDS = 60;
    private static final int EVEN_SECONDS = 420;
    private static final String NODE = "n3";

    @Override
    public String name() {
        return "consul";
    }

    @Override
    public String about() {
        return "A node fails, all Consul servers are stopped, and the node comes back. Clients must not notice that Consul is missing, and without it, and its"
                + " lock, nobody may move anything. When Consul is back all becomes even.";
    }

    @Override
    public void play(Stage stage) {
        long failed = stage.fail(NODE, "cut");
        stage.lookout()
                .awaitSeen("six tasks on two nodes", 120, now -> now.shape(VVM).equals("3-3-0"));
        stage.undoing("bring Consul back", () -> stage.docker("service", "scale", "--detach", "evenkeel_consul=3"));
        stage.mark("all Consul servers are stopped");
        stage.docker("service", "scale", "--detach", "evenkeel_consul=0");
        stage.lookout().awaitSeen("the end of Consul", 60, now -> now.count(Set.of("consul")) == 0);
        stage.lookout().seconds(20);
        long recovered = stage.recover(NODE);
        stage.lookout().awaitSeen("all nodes ready", 90, now -> now.allReady());
        Span without = stage.lookout().watch(WITHOUT_SECONDS);
        stage.check(Checks.failuresNear(stage.recording(), new Span(failed, recovered), 3_000));
        stage.check(Checks.allAnswered(stage.recording(), "without Consul", without));
        long moving = stage.recording().views().stream()
                .filter(view -> without.has(view.at()) && !view.step().isEmpty())
                .map(View::step)
                .count();
        stage.check(new Check(
                "nothing is moved without Consul", moving == 0, moving + " looks at a rebalancer that moves"));
        long back = stage.mark("Consul comes back");
        stage.docker("service", "scale", "--detach", "evenkeel_consul=3");
        long even = stage.lookout().awaitEven(VVM, EVEN_SECONDS);
        Span span = new Span(back, even);
        stage.check(Checks.even(stage.recording(), VVM, "2-2-2"));
        stage.check(Checks.moved(stage.recording(), VVM, new Span(recovered, even), 2));
        stage.check(Checks.neverBelow(stage.recording(), VVM, new Span(recovered, even), 6));
        stage.check(Checks.allAnswered(stage.recording(), "from Consul's return until all is even", span));
        Aftermath.still(stage, VVM);
    }
}
