package io.evenkeel.rebalancer.plan;

import java.util.Collection;
import java.util.Optional;

/** Which services must not be moved, whatever that would gain. */
final class HandsOff {

    private HandsOff() {}

    /** Why, in a few words; empty if it may be moved. */
    static Optional<String> reason(Board board, int service) {
        Service asked = board.services.get(service);
        return asked.untouchable()
                .or(() -> Constraint.unclear(asked.placement().constraints())
                        .map(text -> "its constraint " + text + " is not understood"))
                .or(() -> unsettled(asked, board.seats(service).values()))
                .or(() -> misplaced(board, service))
                .or(() -> few(board.sites[service].may().cardinality()));
    }

    private static Optional<String> unsettled(Service service, Collection<Seat> seats) {
        if (service.replicas() == 0) {
            return Optional.of("has no replicas");
        }
        if (seats.size() != service.replicas()) {
            return Optional.of(
                    "Swarm is busy with it: it has " + Why.tasks(seats.size()) + " of " + service.replicas());
        }
        return seats.stream().allMatch(Seat::running)
                ? Optional.empty()
                : Optional.of("Swarm is busy with it: not all of its tasks run");
    }

    private static Optional<String> misplaced(Board board, int service) {
        return board.seats(service).values().stream()
                .map(Seat::node)
                .filter(node ->
                        node == Seat.NOWHERE || !board.sites[service].may().get(node))
                .findFirst()
                .map(node -> node == Seat.NOWHERE
                        ? "Swarm is busy with it: a task is on no node"
                        : "Swarm has to move it: " + Why.hostname(board, node) + " is not a node for it (any more)");
    }

    private static Optional<String> few(int nodes) {
        return nodes > 1 ? Optional.empty() : Optional.of("only one node may run it");
    }
}
