package io.evenkeel.lab.drill;

import io.evenkeel.lab.record.Snapshot;
import java.util.Set;

/** Makes 3-3-0 of 2-2-2 without a failure, which is quicker. Stateless. */
final class Unbalance {

    private static final int SECONDS = 60;

    private Unbalance() {}

    /** As an operator would for a repair: a node is drained and taken back. Returns when that was. */
    static long by(Stage stage, String node, Set<String> services) {
        stage.mark("drain " + node);
        stage.undoing("take " + node + " back", () -> activate(stage, node));
        stage.exclude(node); // its router is stopped with the rest
        stage.docker("node", "update", "--availability", "drain", node);
        stage.lookout()
                .awaitSeen(
                        "no task on " + node,
                        SECONDS,
                        snapshot -> snapshot.running(services).getOrDefault(node, 1) == 0 && snapshot.even(services));
        long at = stage.mark("take " + node + " back");
        activate(stage, node);
        return at;
    }

    /** Only of VVMs, and without a word of the node itself: a constraint keeps them off it and is taken away again. Returns when that was. */
    static long vvmsOff(Stage stage, String node) {
        String constraint = "node.hostname!=" + node;
        stage.mark("VVMs must leave " + node);
        stage.undoing("let VVMs go to " + node, () -> admit(stage, constraint));
        stage.docker("service", "update", "--detach", "--constraint-add", constraint, "evenkeel_vvm");
        stage.lookout()
                .awaitSeen(
                        "no VVM on " + node,
                        SECONDS,
                        now -> now.running(Drill.VVM).getOrDefault(node, 1) == 0 && now.count(Drill.VVM) == 6);
        long at = stage.mark("VVMs may go to " + node + " again");
        admit(stage, constraint);
        return at;
    }

    private static void admit(Stage stage, String constraint) {
        boolean banished = stage.lookout()
                .see()
                .map(now -> now.services().get("vvm"))
                .filter(vvm -> vvm.constraints().isEmpty())
                .isEmpty();
        if (banished) {
            stage.docker("service", "update", "--detach", "--constraint-rm", constraint, "evenkeel_vvm");
        }
    }

    private static void activate(Stage stage, String node) {
        boolean drained = stage.lookout()
                .see()
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
