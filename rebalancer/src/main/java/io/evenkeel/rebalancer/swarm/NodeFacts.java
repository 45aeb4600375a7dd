package io.evenkeel.rebalancer.swarm;

/**
 * How a node is, as a manager sees it. Immutable.
 *
 * @param address an IP literal; empty when the manager does not say
 * @param ready whether its heartbeats arrive
 * @param active whether it may get tasks; what an operator has set
 * @param reachable false for a manager that the others do not reach
 * @param said its state in Swarm's words, such as {@code down: heartbeat failure}
 */
public record NodeFacts(
        String id, String hostname, String address, boolean ready, boolean active, boolean reachable, String said) {

    /** Whether nobody knows at the moment how it is, because the managers have a new leader. */
    public boolean unknown() {
        return said.startsWith("unknown");
    }
}
