package io.evenkeel.lab.drill;

import io.evenkeel.lab.record.Snapshot;
import java.util.Set;

/** Makes 3-3-0 of 2-2-2 as an operator would for a repair: a node is drained and taken back. That is quicker than a failure. Stateless. */
final class Unbalance {

    private static final int SECONDS = 60;

    private Unbalance() {}

    /** Returns when the node was taken back. */
    static long by(Stage stage, String node, Set<String> services) {
        stage.mark("drain " + node);
        stage.undoing("take " + node + " back", () -> activate(stage, node));
        stage.exclude(node); // its router is stopped with the rest
        stage.docker("node", "update", "--availability", "drain", node);
        stage.awaitSeen(
                "no task on " + node,
                SECONDS,
                snapshot -> snapshot.running(services).getOrDefault(node, 1) == 0 && snapshot.even(services));
        long at = stage.mark("take " + node + " back");
        activate(stage, node);
        return at;
    }

    private static void activate(Stage stage, String node) {
        boolean drained = stage.see()
                .map(snapshot -> snapshot.nodes().get(node))
                .map(Snapshot.Node::availability)
                .filter("active"::equals)
                .isEmpty();
        if (drained) {
            stage.docker("node", "update", "--availability", "active", node);
            stage.doubt(node);
        }
    }
}
