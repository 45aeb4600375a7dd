package io.evenkeel.rebalancer.plan;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Evens totals where no single step can: a task from the full node to a second one, another from there to the empty one. The totals of tasks that may be put
 * anywhere one by one are as even as they can be when no such path leads from a node to one with two tasks less (a minimum convex-cost flow without an
 * augmenting path; Harvey, Ladner, Lovász, Tamir, "Semi-matchings for bipartite graphs and load balancing", 2006).
 */
final class Chains {

    private final Draft draft;
    private final Board board;
    private final int[] singles;
    private final BitSet seen = new BitSet();
    private int[] via = {};
    private int[] before = {};
    private List<List<Integer>> singlesAt = List.of();

    /** @param singles services with one replica that may be moved */
    Chains(Draft draft, int[] singles) {
        this.draft = draft;
        this.singles = singles;
        this.board = draft.board;
    }

    /** Shifts along one shortest path; false if there is none that gains. */
    boolean shift() {
        seen.clear();
        via = new int[board.nodes.size()];
        before = new int[board.nodes.size()];
        singlesAt = singlesAt();
        int[] totals = IntStream.range(0, board.nodes.size())
                .filter(node -> !singlesAt.get(node).isEmpty())
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
        for (int service : singlesAt.get(node)) {
            for (int next = seen.nextClearBit(0); next < board.nodes.size(); next = seen.nextClearBit(next + 1)) {
                if (board.room(service, next)) {
                    reach(next, service, node, open);
                    if (board.total(next) <= total - 2) {
                        return next;
                    }
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
            draft.relocate(via[node], node);
        }
    }

    private List<List<Integer>> singlesAt() {
        List<List<Integer>> at = new ArrayList<>();
        board.nodes.forEach(node -> at.add(new ArrayList<>()));
        Arrays.stream(singles).forEach(service -> at.get(draft.home(service)).add(service));
        return at;
    }
}
