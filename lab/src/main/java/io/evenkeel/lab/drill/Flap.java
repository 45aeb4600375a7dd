package io.evenkeel.lab.drill;

import io.evenkeel.lab.record.Span;
import io.evenkeel.lab.record.View;
import io.evenkeel.lab.verdict.Check;

/** A node comes and goes. */
record Flap() implements Drill {

    private static final int TIMES = 5;
    private static final int AWAY_SECONDS = 25;
    private static final int BACK_SECONDS = 6;
    private static final int EVEN_SECONDS = 420;
    private static final String NODE = "n3";

    @Override
    public String name() {
        return "flap";
    }

    @Override
    public String about() {
        return "The cable of a node is pulled and put back five times; each time it is back for a few seconds only. Nothing may be moved until it stays.";
    }

    @Override
    public void play(Stage stage) {
        long first = stage.now();
        for (int i = 0; i < TIMES; i++) {
            stage.fail(NODE, "cut");
            stage.lookout().seconds(AWAY_SECONDS);
            stage.recover(NODE);
            if (i < TIMES - 1) {
                stage.lookout().awaitSeen("all nodes ready", 60, snapshot -> snapshot.allReady());
                stage.lookout().seconds(BACK_SECONDS);
            }
        }
        long last = stage.now();
        long even = stage.lookout().awaitEven(VVM, EVEN_SECONDS);
        long begun = stage.recording().views().stream()
                .filter(view ->
                        view.at() >= first && view.at() <= last && !view.step().isEmpty())
                .map(View::step)
                .count();
        stage.check(new Check(
                "nothing is moved while the node comes and goes",
                begun == 0,
                begun + " looks at a rebalancer that moves"));
        Aftermath.judge(stage, VVM, new Span(last, even), 2);
    }
}
