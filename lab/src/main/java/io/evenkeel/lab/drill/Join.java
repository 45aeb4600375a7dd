package io.evenkeel.lab.drill;

import io.evenkeel.lab.record.Span;
import io.evenkeel.lab.verdict.Check;
import io.evenkeel.lab.verdict.Checks;

/** A fourth node joins. */
record Join() implements Drill {

    private static final String NODE = "n4";
    private static final int EVEN_SECONDS = 300;

    @Override
    public String name() {
        return "join";
    }

    @Override
    public String about() {
        return "A fourth node joins the three. One task must be moved to it (2-2-1-1), not more. Afterwards it leaves again.";
    }

    @Override
    public void play(Stage stage) {
        stage.undoing("have three nodes", () -> leave(stage));
        stage.doubt(NODE);
        stage.mark(NODE + " joins");
        stage.lab("join", NODE);
        long joined = stage.now();
        stage.lookout().awaitSeen("four nodes", 90, now -> now.nodes().size() == 4 && now.allReady());
        long even = stage.lookout().awaitEven(VVM, EVEN_SECONDS);
        Span span = new Span(joined, even);
        String shape = stage.recording().latest().map(now -> now.shape(VVM)).orElse("");
        stage.check(new Check(
                "the fourth node has its share",
                shape.matches("(1-2-2|2-1-2|2-2-1)-1"),
                shape + " (one 1 and 1 on n4)"));
        stage.check(Checks.moved(stage.recording(), VVM, span, 1));
        stage.check(Checks.neverBelow(stage.recording(), VVM, span, 6));
        stage.check(Checks.allAnswered(stage.recording(), "until all is even", span));
        Aftermath.still(stage, VVM);
    }

    private static void leave(Stage stage) {
        stage.docker("node", "update", "--availability", "drain", NODE);
        stage.lookout().seconds(30);
        stage.docker("node", "demote", NODE);
        stage.lookout().seconds(5);
        stage.dockerAt(NODE, "swarm", "leave", "--force");
        stage.lookout().seconds(10);
        stage.docker("node", "rm", "--force", NODE);
    }
}
