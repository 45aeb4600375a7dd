package io.evenkeel.rebalancer.plan;

import java.util.Map;

/**
 * A node of the cluster. Immutable.
 *
 * @param usable whether Swarm would place tasks on it: ready and active
 * @param manager whether its role is manager
 * @param labels those of the cluster's operator ({@code node.labels.*})
 * @param engineLabels those of its engine ({@code engine.labels.*})
 * @param platform its operating system and architecture
 * @param capacity what its tasks may reserve in all
 */
public record Node(
        String id,
        String hostname,
        boolean usable,
        boolean manager,
        Map<String, String> labels,
        Map<String, String> engineLabels,
        Platform platform,
        Resources capacity) {

    public Node {
        labels = Map.copyOf(labels);
        engineLabels = Map.copyOf(engineLabels);
    }
}
