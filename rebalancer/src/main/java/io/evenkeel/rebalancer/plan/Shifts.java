package io.evenkeel.rebalancer.plan;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What becomes of a task that a constraint drives off its node. Swarm starts another one first, wherever its scheduler likes it best; the old one counts until
 * then. So a service needs exactly one task on that node: of two, the first new one would count when the second is placed.
 */
final class Shifts {

    private final Board board;
    private final Scheduler scheduler;
    private final Rounds rounds;

    Shifts(Board board, Scheduler scheduler, Rounds rounds) {
        this.board = board;
        this.scheduler = scheduler;
        this.rounds = rounds;
    }

    /** The best shift of this service that surely gains. */
    Optional<Round> gaining(int service) {
        return IntStream.of(fullest(service))
                .mapToObj(from -> off(service, from))
                .flatMap(Optional::stream)
                .filter(Round::gains)
                .min(Round::compareTo);
    }

    /**
     * What a shift off a node comes to; where chance decides, one of several that are as good. Empty if the service cannot be shifted off it, if it
     * would be less even, or if it is not sure how good that would be.
     */
    Optional<Round> off(int service, int from) {
        if (!shiftable(service, from)) {
            return Optional.empty();
        }
        int[] placements = scheduler.placementsOff(service, from);
        if (placements.length == 0) {
            return Optional.empty();
        }
        Round first = rounds.outcome(service, from, placements[0]);
        boolean sure = IntStream.of(rounds.different(service, placements))
                .mapToObj(to -> rounds.outcome(service, from, to))
                .allMatch(other -> other.compareTo(first) == 0);
        return sure && first.even() <= 0 ? Optional.of(first) : Optional.empty();
    }

    /** Whether exactly one of several tasks is there, and may be started anew beside the old one. */
    boolean shiftable(int service, int from) {
        return board.count(service, from) == 1
                && board.services.get(service).swap() == Swap.SURGE
                && board.seats(service).size() > 1;
    }

    /** Of each branch of the last level the fullest node: the others of a branch have no more to gain. */
    private int[] fullest(int service) {
        int[][] branches = board.sites[service].branches();
        Map<Integer, Integer> fullest = new HashMap<>();
        for (Seat seat : board.seats(service).values()) {
            if (shiftable(service, seat.node())) {
                int branch = branches.length == 0 ? 0 : branches[branches.length - 1][seat.node()];
                fullest.merge(branch, seat.node(), (one, other) -> board.total(other) > board.total(one) ? other : one);
            }
        }
        return fullest.values().stream().mapToInt(Integer::intValue).toArray();
    }
}
