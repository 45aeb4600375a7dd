package io.evenkeel.rebalancer.plan;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Evens totals where no single step can: a task from the full node to a second one, another from there to the empty one. The totals of tasks that may be put
 * anywhere one by one are as even as they can be when no such path leads from a node to one with two tasks less (a minimum convex-cost flow without an
 * augmenting path; Harvey, Ladner, Lovász, Tamir, "Semi-matchings for bipartite graphs and load balancing", 2006).
 *
 * <p>That Swarm chooses where a shift goes is no loss. On a shortest path from the fullest node there is one from, every node between has exactly one task
 * less: one as full would be the start, one with two less the end. Made from the end, each step of the path has just taken a task off the node that the next
 * one leads to, which so is the only one with two less among those that the scheduler compares.
 */
final class Chains {

    private final Draft draft;
    private final Board board;
    private final int[] singles;
    private final int[] groups;
    private final BitSet seen = new BitSet();

    /** Services all the neighbours of which are seen: those are the same for each of its nodes. */
    private final BitSet spent = new BitSet();

    private int[] via = {};
    private int[] before = {};
    private List<List<Integer>> at = List.of();

    /**
     * @param singles services with one replica that may be moved
     * @param groups services with more
     */
    Chains(Draft draft, int[] singles, int[] groups) {
        this.draft = draft;
        this.singles = singles;
        this.groups = groups;
        this.board = draft.board;
    }

    /** Shifts along one shortest path; false if there is none that gains. */
    boolean shift() {
        seen.clear();
        spent.clear();
        via = new int[board.nodes.size()];
        before = new int[board.nodes.size()];
        at = movableAt();
        int[] totals = IntStream.range(0, board.nodes.size())
                .filter(node -> !at.get(node).isEmpty())
                .map(board::total)
                .distinct()
                .toArray();
        return IntStream.of(totals).boxed().sorted(Comparator.reverseOrder()).anyMatch(this::shiftFrom);
    }

    /** Breadth first from all nodes with that many tasks. What fuller ones have reached holds no end for these. */
    private boolean shiftFrom(int total) {
        Deque<Integer> open = new ArrayDeque<>();
        for (int node = 0; node < board.nodes.size(); node++) {
            if (board.total(node) == total && board.nodes.get(node).usable() && !seen.get(node)) {
                reach(node, -1, node, open);
            }
        }
        while (!open.isEmpty()) {
            int end = widen(open.remove(), total, open);
            if (end >= 0) {
                unwind(end);
                return true;
            }
        }
        return false;
    }

    /** Looks at all neighbours of a node; one that has two tasks less than the start ends the search, else -1. */
    private int widen(int node, int total, Deque<Integer> open) {
        for (int service : at.get(node)) {
            if (!spent.get(service)) {
                int end = draft.shifts.shiftable(service, node)
                        ? shifted(service, node, total, open)
                        : moved(service, node, total, open);
                if (end >= 0) {
                    return end;
                }
            }
        }
        return -1;
    }

    private int moved(int service, int node, int total, Deque<Integer> open) {
        for (int next = seen.nextClearBit(0); next < board.nodes.size(); next = seen.nextClearBit(next + 1)) {
            if (board.room(service, next)) {
                reach(next, service, node, open);
                if (board.total(next) <= total - 2) {
                    return next;
                }
            }
        }
        spent.set(service);
        return -1;
    }

    /** The end is where Swarm's scheduler goes. Only where no spread has a say is it sure to go elsewhere once that has one task less. */
    private int shifted(int service, int node, int total, Deque<Integer> open) {
        Optional<Round> best = draft.shifts.off(service, node);
        if (best.isPresent() && board.total(best.get().to()) <= total - 2) {
            reach(best.get().to(), service, node, open);
            return best.get().to();
        }
        if (board.sites[service].branches().length == 0) {
            spent.set(service);
            for (int next = seen.nextClearBit(0); next < board.nodes.size(); next = seen.nextClearBit(next + 1)) {
                if (board.count(service, next) == 0 && board.room(service, next)) {
                    reach(next, service, node, open);
                }
            }
        }
        return -1;
    }

    private void reach(int node, int service, int from, Deque<Integer> open) {
        seen.set(node);
        via[node] = service;
        before[node] = from;
        open.add(node);
    }

    /** From the end, so that every task finds the room that was seen. */
    private void unwind(int end) {
        for (int node = end; via[node] >= 0; node = before[node]) {
            if (draft.shifts.shiftable(via[node], before[node])) {
                draft.shift(via[node], before[node], node);
            } else {
                draft.relocate(via[node], node);
            }
        }
    }

    private List<List<Integer>> movableAt() {
        List<List<Integer>> movable = new ArrayList<>();
        board.nodes.forEach(node -> movable.add(new ArrayList<>()));
        Arrays.stream(singles)
                .forEach(service -> movable.get(draft.home(service)).add(service));
        for (int service : groups) {
            board.seats(service).values().stream()
                    .map(Seat::node)
                    .filter(node -> draft.shifts.shiftable(service, node))
                    .forEach(node -> movable.get(node).add(service));
        }
        return movable;
    }
}
