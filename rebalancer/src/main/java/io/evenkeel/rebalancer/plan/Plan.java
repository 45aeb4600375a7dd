package io.evenkeel.rebalancer.plan;

import java.util.List;

/**
 * What would make a cluster even. Immutable.
 *
 * @param moves in the order in which they are to be made. Each gains something after those before it, or leads to one that does
 * @param leftAlone services of which nothing is moved, and why
 * @param loads tasks per usable node, before and after
 */
public record Plan(List<Move> moves, List<LeftAlone> leftAlone, List<Load> loads) {

    public Plan {
        moves = List.copyOf(moves);
        leftAlone = List.copyOf(leftAlone);
        loads = List.copyOf(loads);
    }

    /** @param why in a few words: {@code is even}, {@code global}, {@code 2 replicas more would need more memory than n3 has} */
    public record LeftAlone(String serviceId, String service, String why) {}

    /** Tasks of all services on a node. */
    public record Load(String nodeId, String hostname, int before, int after) {}
}
