package io.evenkeel.discovery;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The cluster's nodes as the sources see them. Nobody announces that a node failed or recovered: the edge between two reports says so.
 *
 * <p><b>Threading.</b> Confined to the {@link Scheduler}, but for {@link #nodes}.
 */
public final class NodeRegistry {

    private final Scheduler scheduler;
    private final DiscoveryListener listener;

    /** Publishes what each source last said, by node; the control plane writes, metrics read. Never modified once published. */
    private volatile Map<String, Map<String, NodeStatus>> bySource = Map.of();

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
        Map<String, NodeStatus> now = new LinkedHashMap<>();
        for (NodeStatus node : nodes) {
            now.put(node.name(), node);
            NodeStatus known = before.get(node.name());
            if (known != null && known.up() != node.up()) {
                tell(source, node);
            }
        }
        Map<String, Map<String, NodeStatus>> all = new TreeMap<>(bySource);
        all.put(source, now);
        bySource = all;
    }

    /** The nodes each source last reported, in its order. Callable from any thread. */
    public Map<String, List<NodeStatus>> nodes() {
        Map<String, List<NodeStatus>> nodes = new LinkedHashMap<>();
        bySource.forEach((source, reported) -> nodes.put(source, List.copyOf(reported.values())));
        return nodes;
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
