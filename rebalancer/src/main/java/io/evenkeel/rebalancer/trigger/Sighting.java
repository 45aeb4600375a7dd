package io.evenkeel.rebalancer.trigger;

/**
 * How a node is at one moment, as Swarm and Consul see it together. Immutable.
 *
 * @param id its id in the swarm
 * @param hostname what people call it
 * @param condition what the two say
 * @param active whether an operator lets it have tasks
 * @param said why, in their words
 */
public record Sighting(String id, String hostname, Condition condition, boolean active, String said) {

    /** What is thought of a node. */
    public enum Condition {
        WELL,
        /** Nobody knows at the moment: the managers have a new leader. */
        UNKNOWN,
        LOST
    }
}
