package io.evenkeel.discovery;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The cluster's nodes as the sources see them. Nobody announces that a node failed or recovered: the edge between two reports says so.
 *
 * <p><b>Threading.</b> Confined to the {@link Scheduler}.
 */
public final class NodeRegistry {

    private final Scheduler scheduler;
    private final DiscoveryListener listener;
    private final Map<String, Map<String, NodeStatus>> bySource = new HashMap<>();

    /** @param listener hears of failed and recovered nodes */
    public NodeRegistry(Scheduler scheduler, DiscoveryListener listener) {
        this.scheduler = scheduler;
        this.listener = listener;
    }

    /**
     * Takes a source's complete list of nodes. A node heard of for the first time is no event, and neither is one that is no longer listed: it
     * left in good order.
     *
     * @param source as in {@link EndpointSource#name}, such as {@code consul}
     */
    public void report(String source, List<NodeStatus> nodes) {
        Map<String, NodeStatus> before = bySource.getOrDefault(source, Map.of());
        Map<String, NodeStatus> now = new HashMap<>();
        for (NodeStatus node : nodes) {
            now.put(node.name(), node);
            NodeStatus known = before.get(node.name());
            if (known != null && known.up() != node.up()) {
                tell(source, node);
            }
        }
        bySource.put(source, now);
    }

    /** What a source last said about a node; null if it knows none of this name. */
    public @Nullable NodeStatus status(String source, String node) {
        return bySource.getOrDefault(source, Map.of()).get(node);
    }

    private void tell(String source, NodeStatus node) {
        DiscoveryEvent.Kind kind = node.up() ? DiscoveryEvent.Kind.NODE_RECOVERED : DiscoveryEvent.Kind.NODE_FAILED;
        listener.onEvent(new DiscoveryEvent(scheduler.now(), kind, "", "", node.name(), source, node.reason()));
    }
}
