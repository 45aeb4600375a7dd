package io.evenkeel.rebalancer.plan;

import java.util.List;
import java.util.Set;

/**
 * Where tasks of a service may run. Immutable.
 *
 * @param constraints as in its spec, such as {@code node.labels.disk==ssd}; all of them hold
 * @param spreads what its preferences spread over, such as {@code node.labels.zone}, most important first
 * @param maxPerNode how many of its tasks one node may have; 0 is any number
 * @param platforms what its image runs on, one of them; none: any
 * @param hostPorts ports that each of its tasks takes on its node, such as {@code tcp/8080}
 */
public record Placement(
        List<String> constraints,
        List<String> spreads,
        int maxPerNode,
        List<Platform> platforms,
        Set<String> hostPorts) {

    /** Anywhere. */
    public static final Placement ANYWHERE = new Placement(List.of(), List.of(), 0, List.of(), Set.of());

    public Placement {
        constraints = List.copyOf(constraints);
        spreads = List.copyOf(spreads);
        platforms = List.copyOf(platforms);
        hostPorts = Set.copyOf(hostPorts);
    }
}
