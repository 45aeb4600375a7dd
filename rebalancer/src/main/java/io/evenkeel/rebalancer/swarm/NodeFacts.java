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

    private static final String UNKNOWN = "unknown";

    /** Whether nobody knows at the moment how it is, because the managers have a new leader, or none. */
    public boolean unknown() {
        return said.startsWith(UNKNOWN);
    }

    /** Whether tasks may be moved to and from it. */
    public boolean well() {
        return ready && reachable;
    }

    /** The same node while the managers have no leader. */
    NodeFacts leaderless() {
        return new NodeFacts(
                id, hostname, address, false, active, reachable, UNKNOWN + ": the managers have no leader");
    }
}
