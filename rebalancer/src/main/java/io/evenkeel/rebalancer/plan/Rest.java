package io.evenkeel.rebalancer.plan;

import io.evenkeel.rebalancer.plan.Plan.LeftAlone;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Why services are left alone that a plan moves nothing of. */
final class Rest {

    private final Board board;
    private final Rounds rounds;

    /** @param draft when it is done */
    Rest(Draft draft) {
        board = draft.board;
        rounds = draft.rounds;
    }

    LeftAlone leftAlone(int service) {
        Service asked = board.services.get(service);
        return new LeftAlone(asked.id(), asked.name(), why(service));
    }

    private String why(int service) {
        return HandsOff.reason(board, service)
                .or(() -> gap(service))
                .orElseGet(
                        () -> board.seats(service).size() == 1 ? "an even total needs nothing of it" : even(service));
    }

    /** What keeps a service from being even, if it is not. */
    private Optional<String> gap(int service) {
        int full = extreme(service, Comparator.<Integer>naturalOrder().reversed());
        int empty = extreme(service, Comparator.naturalOrder());
        if (board.count(service, full) - board.count(service, empty) < 2) {
            return Optional.empty();
        }
        String counts = "has " + board.count(service, full) + " on " + Why.hostname(board, full) + " and "
                + board.count(service, empty) + " on " + Why.hostname(board, empty) + ", ";
        return Optional.of(
                counts + (board.room(service, empty) ? "and no sure way to change it" : lack(service, empty)));
    }

    private String lack(int service, int node) {
        Placement placement = board.services.get(service).placement();
        String where = Why.hostname(board, node);
        if (placement.maxPerNode() > 0 && board.count(service, node) >= placement.maxPerNode()) {
            return "and may have no more than " + placement.maxPerNode() + " on a node";
        }
        return placement.hostPorts().isEmpty()
                ? "where " + where + " has too little left to reserve"
                : "where " + where + " lacks a free port or something to reserve";
    }

    private int extreme(int service, Comparator<Integer> order) {
        return board.sites[service].may().stream()
                .boxed()
                .min(Comparator.comparing(node -> board.count(service, node), order))
                .orElse(0);
    }

    private String even(int service) {
        List<Round> outcomes = rounds.outcomes(service);
        if (outcomes.isEmpty()) {
            return "is even; one more replica would find no room";
        }
        boolean crossed = outcomes.stream().anyMatch(Round::gains) || wouldHelp(service);
        return crossed ? "is even; a round would not take away the task that an even total wants gone" : "is even";
    }

    /** Whether the totals would gain from a task of its own on another node, if Swarm could be told which. */
    private boolean wouldHelp(int service) {
        int[] may = board.sites[service].may().stream().toArray();
        int most =
                IntStream.of(may).map(node -> board.count(service, node)).max().orElse(0);
        int fullest = IntStream.of(may)
                .filter(node -> board.count(service, node) == most)
                .map(board::total)
                .max()
                .orElse(0);
        return IntStream.of(may)
                .anyMatch(node -> board.count(service, node) < most
                        && fullest - board.total(node) >= 2
                        && board.room(service, node));
    }
}
