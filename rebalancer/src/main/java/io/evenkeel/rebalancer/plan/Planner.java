package io.evenkeel.rebalancer.plan;

import io.evenkeel.rebalancer.plan.Plan.LeftAlone;
import io.evenkeel.rebalancer.plan.Plan.Load;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Finds the fewest moves that make a cluster even: every service over the nodes that may run it, then all tasks over all nodes. It proposes only what Swarm
 * does by itself when asked for one replica more and one less, what a constraint can make it do with a single replica, or with the only one on a node; nothing
 * that could come out worse than doing nothing. A pure function.
 */
public final class Planner {

    private Planner() {}

    /** Moves in the order in which they are to be made, and why each other service is left alone. */
    public static Plan plan(Cluster cluster) {
        Board before = new Board(cluster);
        Draft draft = new Shorter(cluster).search();
        List<Move> moves =
                draft.steps.stream().map(step -> step.toMove(draft.board)).toList();
        return new Plan(moves, leftAlone(draft), loads(before, draft.board));
    }

    private static List<LeftAlone> leftAlone(Draft draft) {
        Set<Integer> moved = draft.steps.stream().map(Step::service).collect(Collectors.toSet());
        Rest rest = new Rest(draft);
        return IntStream.range(0, draft.board.services.size())
                .filter(service -> !moved.contains(service))
                .mapToObj(rest::leftAlone)
                .toList();
    }

    private static List<Load> loads(Board before, Board after) {
        return IntStream.range(0, before.nodes.size())
                .filter(node -> before.nodes.get(node).usable())
                .mapToObj(node -> load(before.nodes.get(node), before.total(node), after.total(node)))
                .toList();
    }

    private static Load load(Node node, int before, int after) {
        return new Load(node.id(), node.hostname(), before, after);
    }
}
