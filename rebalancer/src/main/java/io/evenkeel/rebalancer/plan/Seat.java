package io.evenkeel.rebalancer.plan;

/**
 * What fills a slot of a service. Immutable.
 *
 * @param taskId empty if it is only planned
 * @param node its number; {@link #NOWHERE} while it is not assigned
 * @param running what is not goes first when Swarm takes one away
 */
record Seat(String taskId, int node, boolean running) {

    static final int NOWHERE = -1;

    static Seat planned(int node) {
        return new Seat("", node, true);
    }
}
