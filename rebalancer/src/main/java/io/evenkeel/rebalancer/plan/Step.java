package io.evenkeel.rebalancer.plan;

import io.evenkeel.rebalancer.plan.Move.Method;

/** A move by numbers of service and nodes, see {@link Move}. Immutable. */
record Step(int service, int from, int to, Method method, String taskId, boolean pinned, String why) {

    Move toMove(Board board) {
        Service moved = board.services.get(service);
        String fromId = board.nodes.get(from).id();
        return new Move(
                moved.id(), moved.name(), method, fromId, board.nodes.get(to).id(), taskId, pinned, why);
    }
}
