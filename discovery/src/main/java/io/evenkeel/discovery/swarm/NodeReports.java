package io.evenkeel.discovery.swarm;

import io.evenkeel.discovery.NodeRegistry;
import io.evenkeel.discovery.NodeStatus;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Reports the nodes of a cluster to the registry.
 *
 * <p><b>Threading.</b> Confined to the {@link io.evenkeel.discovery.Scheduler}.
 */
final class NodeReports {

    static final String SOURCE = "swarm";

    private final NodeRegistry registry;

    NodeReports(NodeRegistry registry) {
        this.registry = registry;
    }

    /**
     * Tells of all nodes, by host name. A machine that joined anew is listed twice, and up if either is. One of unknown state, as all
     * are when a manager has just become the leader, keeps the state it had.
     */
    void report(SwarmPicture picture) {
        Map<String, NodeStatus> byName = new HashMap<>();
        picture.nodes().values().forEach(node -> byName.merge(node.hostname(), status(node), NodeReports::better));
        registry.report(SOURCE, List.copyOf(byName.values()));
    }

    private NodeStatus status(SwarmNode node) {
        String said = node.reason().isEmpty() ? "" : ": " + node.reason();
        String reason = word(node.state()) + ", " + word(node.availability()) + said;
        boolean up = node.state() == SwarmNode.State.UNKNOWN ? wasUp(node.hostname()) : !node.lost();
        return new NodeStatus(node.hostname(), up && node.availability() != SwarmNode.Availability.DRAIN, reason);
    }

    private boolean wasUp(String hostname) {
        NodeStatus before = registry.status(SOURCE, hostname);
        return before == null || before.up();
    }

    private static NodeStatus better(NodeStatus one, NodeStatus other) {
        return one.up() ? one : other;
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
