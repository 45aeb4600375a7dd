package io.evenkeel.rebalancer.plan;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/** What rounds of one replica more and one less would do, with everything that chance may choose. */
final class Rounds {

    /** Bits: tasks of a node are fewer than 2^21. */
    private static final int NUMBER_BITS = 21;

    private final Board board;
    private final Scheduler scheduler;

    Rounds(Board board, Scheduler scheduler) {
        this.board = board;
        this.scheduler = scheduler;
    }

    /** The best that a round of this service can come to, if it may gain something and surely loses nothing. */
    Optional<Round> gaining(int service) {
        List<Round> outcomes = outcomes(service);
        if (outcomes.stream().anyMatch(Round::loses)) {
            return Optional.empty();
        }
        return outcomes.stream().min(Round::compareTo).filter(Round::gains);
    }

    /** Everything that a round may come to; of equal ones, one. Empty if its new task would stay pending. */
    List<Round> outcomes(int service) {
        return board.services.get(service).swap() == Swap.SURGE ? surge(service) : handoff(service);
    }

    private List<Round> surge(int service) {
        List<Round> outcomes = new ArrayList<>();
        for (int to : different(service, scheduler.placements(service))) {
            int slot = board.add(service, to);
            int[] removals = nodes(service, scheduler.removals(service));
            board.remove(service, slot);
            for (int from : different(service, removals)) {
                outcomes.add(outcome(service, from, to));
            }
        }
        return outcomes;
    }

    private List<Round> handoff(int service) {
        List<Round> outcomes = new ArrayList<>();
        List<Integer> removals = scheduler.removals(service);
        for (int from : different(service, nodes(service, removals))) {
            int[] placements = placementsWithout(service, from, removals);
            if (placements.length == 0) {
                return List.of();
            }
            IntStream.of(different(service, placements)).forEach(to -> outcomes.add(outcome(service, from, to)));
        }
        return outcomes;
    }

    private int[] placementsWithout(int service, int node, List<Integer> removals) {
        for (int slot : removals) {
            if (board.seat(service, slot).node() == node) {
                Seat seat = board.remove(service, slot);
                int[] placements = scheduler.placements(service);
                board.put(service, slot, seat);
                return placements;
            }
        }
        return new int[0];
    }

    private int[] nodes(int service, List<Integer> slots) {
        return slots.stream().mapToInt(slot -> board.seat(service, slot).node()).toArray();
    }

    /** One of each kind: nodes of one kind have equally many tasks of this service and in all, and are in the same branch. */
    int[] different(int service, int[] nodes) {
        if (nodes.length <= 1) {
            return nodes;
        }
        Set<Long> seen = new HashSet<>();
        return IntStream.of(nodes).filter(node -> seen.add(kind(service, node))).toArray();
    }

    private long kind(int service, int node) {
        int[][] branches = board.sites[service].branches();
        long branch = branches.length == 0 ? 0 : branches[branches.length - 1][node];
        return (((branch << NUMBER_BITS) + board.count(service, node)) << NUMBER_BITS) + board.total(node);
    }

    /** What one task less here and one more there comes to. */
    Round outcome(int service, int from, int to) {
        long total = from == to ? 0 : gain(board::total, from, to);
        return new Round(service, from, to, from == to ? 0 : even(service, from, to), total);
    }

    private long even(int service, int from, int to) {
        int[][] branches = board.sites[service].branches();
        for (int level = 0; level < branches.length; level++) {
            int[] branch = branches[level];
            int at = level;
            long change =
                    branch[from] == branch[to] ? 0 : gain(node -> board.tasksIn(service, at, branch[node]), from, to);
            if (change != 0) {
                return change;
            }
        }
        return gain(node -> board.count(service, node), from, to);
    }

    /** What moving one does to a sum of squares. */
    private static long gain(IntUnaryOperator count, int from, int to) {
        return 2L * (count.applyAsInt(to) - count.applyAsInt(from) + 1);
    }
}
