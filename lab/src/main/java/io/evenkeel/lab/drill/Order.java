package io.evenkeel.lab.drill;

import io.evenkeel.lab.record.Snapshot;

/** Brings a cluster into the order in which every drill finds it: all nodes ready, six VVMs, two on each. Stateless. */
final class Order {

    private static final int READY_SECONDS = 120;
    private static final int EVEN_SECONDS = 60;

    private Order() {}

    static void bring(Stage stage) {
        for (String node : stage.folder().nodes()) {
            if (stage.folder().failed(node)) {
                stage.recover(node);
            }
        }
        stage.lookout().awaitSeen("all nodes ready", READY_SECONDS, Snapshot::allReady);
        stage.lookout().see().ifPresent(snapshot -> snapshot.nodes().forEach((name, node) -> {
            if (!node.availability().equals("active")) {
                stage.docker("node", "update", "--availability", "active", name);
            }
        }));
        if (replicas(stage) != 6) {
            stage.docker("service", "scale", "--detach", "evenkeel_vvm=6");
        }
        try {
            stage.lookout().awaitSeen("order", EVEN_SECONDS, Order::isThere);
        } catch (NotInTime e) {
            anew(stage);
        }
    }

    /** What no rebalancer made even: all tasks away, and then new ones. */
    private static void anew(Stage stage) {
        stage.say("the cluster does not become even by itself: starting its VVMs anew");
        stage.docker("service", "scale", "--detach", "evenkeel_vvm=0");
        stage.lookout().awaitSeen("the end of all VVMs", READY_SECONDS, snapshot -> snapshot.count(Drill.VVM) == 0);
        stage.docker("service", "scale", "--detach", "evenkeel_vvm=6");
        stage.lookout().awaitSeen("order", READY_SECONDS, Order::isThere);
    }

    private static int replicas(Stage stage) {
        return stage.lookout()
                .see()
                .map(snapshot -> snapshot.services().get("vvm"))
                .map(Snapshot.Service::replicas)
                .orElse(0);
    }

    /** All replicas of everything run, a router and two VVMs on every node. */
    private static boolean isThere(Snapshot now) {
        boolean complete = now.services().entrySet().stream()
                .allMatch(entry -> now.tasksOf(entry.getKey()).size()
                        >= (entry.getValue().replicas() == 0 && entry.getKey().equals("router")
                                ? now.nodes().size()
                                : entry.getValue().replicas()));
        return complete && now.allReady() && now.even(Drill.VVM);
    }
}
