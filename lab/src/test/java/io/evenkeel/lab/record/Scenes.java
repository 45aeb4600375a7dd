package io.evenkeel.lab.record;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Snapshots and outcomes for tests: nodes n1, n2 and n3, a service vvm. */
public final class Scenes {

    private Scenes() {}

    /** Tasks of vvm on each node, named by the node and a number. */
    public static Snapshot snapshot(long at, int... counts) {
        return versioned(at, 6, 1, counts);
    }

    /** With so many replicas wanted, and a version. */
    public static Snapshot versioned(long at, int replicas, long version, int... counts) {
        List<Snapshot.Task> tasks = new ArrayList<>();
        Map<String, Snapshot.Node> nodes = new TreeMap<>();
        for (int node = 0; node < counts.length; node++) {
            String name = "n" + (node + 1);
            nodes.put(name, new Snapshot.Node("ready", "active", node == 0));
            for (int i = 0; i < counts[node]; i++) {
                tasks.add(new Snapshot.Task(name + "." + i, "vvm", name, "running", "", 0));
            }
        }
        return new Snapshot(at, tasks, nodes, Map.of("vvm", new Snapshot.Service(version, replicas, false, List.of())));
    }

    /** The same with a node that is down. */
    public static Snapshot without(Snapshot snapshot, String node) {
        Map<String, Snapshot.Node> nodes = new TreeMap<>(snapshot.nodes());
        nodes.put(node, new Snapshot.Node("down", "active", false));
        return new Snapshot(snapshot.at(), snapshot.tasks(), nodes, snapshot.services());
    }

    public static Outcome good(long due, double millis) {
        return new Outcome(due, millis, "get", "n1", 200, "", "v1");
    }

    public static Outcome bad(long due, double millis) {
        return new Outcome(due, millis, "get", "n1", 502, "status 502", "");
    }

    public static View view(long at, String task, boolean active, String reason, int planned) {
        return new View(at, task, "n1", active, reason, "", planned, List.of());
    }
}
