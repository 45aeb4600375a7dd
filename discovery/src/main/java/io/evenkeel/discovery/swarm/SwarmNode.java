package io.evenkeel.discovery.swarm;

import java.util.Map;

/**
 * A node of the cluster as a manager sees it. Immutable.
 *
 * @param hostname by which people and other registries know it
 * @param address where it is reached, an IP literal; empty when the manager does not say
 * @param reason what the manager says about its state; may be empty
 */
public record SwarmNode(
        String id,
        String hostname,
        State state,
        Availability availability,
        String address,
        String reason,
        Map<String, String> labels) {

    /** Whether its heartbeats arrive. */
    public enum State {
        READY,
        DOWN,
        DISCONNECTED,
        /** Nobody knows yet: the manager has just become the leader. */
        UNKNOWN
    }

    /** Which tasks it may have. */
    public enum Availability {
        ACTIVE,
        /** No new ones. */
        PAUSE,
        /** None; those it has are moved elsewhere. */
        DRAIN
    }

    public SwarmNode {
        labels = Map.copyOf(labels);
    }

    /** Whether the manager takes it for dead. Nothing is said of one that is merely unknown. */
    public boolean lost() {
        return state == State.DOWN || state == State.DISCONNECTED;
    }
}
