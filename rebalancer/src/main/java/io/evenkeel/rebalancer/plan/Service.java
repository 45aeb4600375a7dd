package io.evenkeel.rebalancer.plan;

import java.util.Optional;

/**
 * A service of the cluster. Immutable.
 *
 * @param replicas how many tasks it should have; 0 unless it is replicated
 * @param placement where its tasks may run
 * @param reservation what each of its tasks reserves
 * @param swap how its tasks may be moved
 * @param untouchable why nothing of it may be moved, in a few words: {@code global}, {@code is being updated}; empty if it may
 */
public record Service(
        String id,
        String name,
        int replicas,
        Placement placement,
        Resources reservation,
        Swap swap,
        Optional<String> untouchable) {}
