package io.evenkeel.rebalancer.plan;

/**
 * One task of a service to another node. Immutable.
 *
 * @param method what Swarm is asked for
 * @param from the node it leaves
 * @param to the node that gets one
 * @param taskId the task that Swarm is expected to take away; empty if it is one that a move before this one starts
 * @param pinned whether Swarm's scheduler would choose another node, so that a constraint must hold it to {@code to} meanwhile
 * @param why in a few words: {@code vvm has 3 on n1 and none on n3}
 */
public record Move(
        String serviceId,
        String service,
        Method method,
        String from,
        String to,
        String taskId,
        boolean pinned,
        String why) {

    /** What Swarm is asked for. */
    public enum Method {
        /** One replica more, then one less. */
        SURGE,
        /** One replica less, then one more. */
        HANDOFF,
        /** The only replica is started anew, the new task first. */
        REPLACE,
        /**
         * A constraint keeps a service of several replicas off {@code from} until its only task there is started anew, the new task first. Swarm's scheduler
         * chooses the node; the other tasks stay, because their nodes still satisfy the constraints.
         */
        SHIFT
    }
}
