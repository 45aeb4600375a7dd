package io.evenkeel.rebalancer.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** How uneven a board is: sums of squares, the less the better. */
final class Evenness {

    private Evenness() {}

    /** Of all tasks over the usable nodes. */
    static long totals(Board board) {
        return IntStream.range(0, board.nodes.size())
                .filter(node -> board.nodes.get(node).usable())
                .mapToLong(node -> (long) board.total(node) * board.total(node))
                .sum();
    }

    /** Of everything, most important first. */
    static List<Long> of(Board board) {
        return LongStream.of(board.unevenness()).boxed().toList();
    }

    /** Of a service by level of its spread preferences, most important first, and last by node. */
    static List<Long> service(Board board, int service) {
        List<Long> sums = new ArrayList<>();
        for (int level = 0; level < board.sites[service].branches().length; level++) {
            int at = level;
            sums.add(IntStream.range(0, board.nodes.size())
                    .mapToLong(branch -> square(board.tasksIn(service, at, branch)))
                    .sum());
        }
        sums.add(IntStream.range(0, board.nodes.size())
                .mapToLong(node -> square(board.count(service, node)))
                .sum());
        return sums;
    }

    /** Below 0 if one is more even than other. */
    static int compare(List<Long> one, List<Long> other) {
        return IntStream.range(0, one.size())
                .map(level -> Long.compare(one.get(level), other.get(level)))
                .filter(order -> order != 0)
                .findFirst()
                .orElse(0);
    }

    private static long square(long count) {
        return count * count;
    }
}
