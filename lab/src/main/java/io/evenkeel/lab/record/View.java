package io.evenkeel.lab.record;

import java.util.List;

/**
 * What a rebalancer says of itself at one moment. Immutable.
 *
 * @param at ms since 1970
 * @param task which of Swarm's tasks it is
 * @param active whether it is the one that may act
 * @param reason why it does nothing, or what its run was begun for
 * @param step what it is doing; empty if it does nothing
 * @param planned moves that it would make; −1 while it has no plan
 * @param history moves that it has ended, the last first
 */
public record View(
        long at,
        String task,
        String node,
        boolean active,
        String reason,
        String step,
        int planned,
        List<Ended> history) {

    /** Keeps its own copy. */
    public View {
        history = List.copyOf(history);
    }

    /**
     * A move that has ended.
     *
     * @param at when, in its words
     * @param result done, or why not
     */
    public record Ended(String at, String service, String from, String to, String result) {}
}
