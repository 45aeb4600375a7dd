package io.evenkeel.rebalancer.swarm;

import java.util.Set;

/**
 * A task that Swarm wants to run. Immutable.
 *
 * @param nodeId empty while it is not assigned
 * @param state the state it is in, such as {@code starting}
 * @param message what Swarm says about that
 * @param addresses its own on all its networks, IP literals
 */
public record TaskFacts(
        String id, String serviceId, String nodeId, String state, String message, Set<String> addresses) {

    public TaskFacts {
        addresses = Set.copyOf(addresses);
    }

    /** Whether it runs; one with a health check does so only once healthy. */
    public boolean running() {
        return state.equals("running");
    }
}
