package io.evenkeel.rebalancer.plan;

/** Reasons in a few words for steps. */
final class Why {

    private Why() {}

    static String round(Board board, Round round) {
        int service = round.service();
        if (round.even() == 0) {
            return totals(board, round.from(), round.to());
        }
        String name = board.services.get(service).name();
        int from = board.count(service, round.from());
        int to = board.count(service, round.to());
        if (from - to < 2) {
            return name + " spreads over "
                    + String.join(", ", board.services.get(service).placement().spreads());
        }
        return name + " has " + from + " on " + hostname(board, round.from()) + " and " + (to == 0 ? "none" : to)
                + " on " + hostname(board, round.to());
    }

    static String totals(Board board, int from, int to) {
        return hostname(board, from) + " has " + tasks(board.total(from)) + " in all, " + hostname(board, to) + " has "
                + board.total(to);
    }

    static String tasks(int count) {
        return count == 1 ? "1 task" : count + " tasks";
    }

    static String hostname(Board board, int node) {
        return board.nodes.get(node).hostname();
    }
}
