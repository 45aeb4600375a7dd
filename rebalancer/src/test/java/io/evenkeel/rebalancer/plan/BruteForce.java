package io.evenkeel.rebalancer.plan;

import io.evenkeel.rebalancer.plan.Move.Method;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Tries everything that a planner may propose: each replica that is the only one to any node with room, each round that may gain and cannot lose, and each
 * shift that leaves its service as even.
 */
final class BruteForce {

    /** @param uneven as {@link Board#unevenness} tells it */
    record Best(List<Long> uneven, int moves) {}

    private final Map<Cluster, Integer> moves = new HashMap<>();
    private final Deque<Cluster> open = new ArrayDeque<>();
    private Best best = new Best(List.of(), 0);

    /** The most even that can be reached, and how many moves that takes at least. */
    static Best from(Cluster cluster) {
        BruteForce search = new BruteForce();
        search.best = new Best(Evenness.of(new Board(cluster)), 0);
        search.reach(cluster, 0);
        while (!search.open.isEmpty()) {
            search.widen(search.open.remove());
        }
        return search.best;
    }

    private void widen(Cluster cluster) {
        Draft draft = new Draft(cluster);
        int next = moves.getOrDefault(cluster, 0) + 1;
        for (int service : draft.singles) {
            for (int to = 0; to < draft.board.nodes.size(); to++) {
                if (to != draft.home(service) && draft.board.room(service, to)) {
                    reach(moved(cluster, Method.REPLACE, service, draft.home(service), to), next);
                }
            }
        }
        for (int service : draft.groups) {
            if (draft.rounds.gaining(service).isPresent()) {
                draft.rounds.outcomes(service).stream()
                        .filter(Round::gains)
                        .forEach(round -> reach(moved(cluster, Method.SURGE, service, round.from(), round.to()), next));
            }
            for (int from = 0; from < draft.board.nodes.size(); from++) {
                shifts(cluster, draft, service, from).forEach(after -> reach(after, next));
            }
        }
    }

    private static List<Cluster> shifts(Cluster cluster, Draft draft, int service, int from) {
        if (draft.shifts.off(service, from).isEmpty()) {
            return List.of();
        }
        return IntStream.of(draft.scheduler.placementsOff(service, from))
                .mapToObj(to -> moved(cluster, Method.SHIFT, service, from, to))
                .toList();
    }

    private void reach(Cluster cluster, int after) {
        if (moves.putIfAbsent(cluster, after) == null) {
            open.add(cluster);
            List<Long> uneven = Evenness.of(new Board(cluster));
            if (Evenness.compare(uneven, best.uneven) < 0) {
                best = new Best(uneven, after);
            }
        }
    }

    private static Cluster moved(Cluster cluster, Method method, int service, int from, int to) {
        Steps.Mover mover = new Steps.Mover(cluster);
        mover.move(method, service, from, to);
        return mover.cluster();
    }
}
