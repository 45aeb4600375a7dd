package io.evenkeel.rebalancer.plan;

import io.evenkeel.rebalancer.plan.Move.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A plan in the making: the board as it is after the steps that were taken. Every step is one that Swarm would make there, by itself, pinned, or kept off a node.
 *
 * <p><em>Threading.</em> Confined to its planner.
 */
final class Draft {

    final Board board;
    final Scheduler scheduler;
    final Rounds rounds;
    final Shifts shifts;
    final List<Step> steps = new ArrayList<>();

    private final Cluster cluster;
    private final int[] movable;

    /** Services with one replica that may be moved: any of them to any node with room. */
    final int[] singles;

    /** Services with more that may be moved: as Swarm does it, in rounds or off a node. */
    final int[] groups;

    Draft(Cluster cluster) {
        this(cluster, new Board(cluster));
    }

    private Draft(Cluster cluster, Board board) {
        this(cluster, board, movable(board));
    }

    private Draft(Cluster cluster, Board board, int[] movable) {
        this.cluster = cluster;
        this.board = board;
        this.movable = movable;
        scheduler = new Scheduler(board);
        rounds = new Rounds(board, scheduler);
        shifts = new Shifts(board, scheduler, rounds);
        singles = Arrays.stream(movable).filter(this::single).toArray();
        groups = Arrays.stream(movable).filter(service -> !single(service)).toArray();
    }

    private static int[] movable(Board board) {
        return IntStream.range(0, board.services.size())
                .filter(service -> HandsOff.reason(board, service).isEmpty())
                .toArray();
    }

    /** Of the same cluster, without a step. */
    Draft anew() {
        return new Draft(cluster, new Board(cluster, board.sites), movable);
    }

    private boolean single(int service) {
        return board.seats(service).size() == 1;
    }

    /** How many tasks each node has that may be moved. */
    int[] movableByNode() {
        int[] counts = new int[board.nodes.size()];
        for (int service : movable) {
            board.seats(service).values().forEach(seat -> counts[seat.node()]++);
        }
        return counts;
    }

    /** Where the only task of a service is. */
    int home(int service) {
        return board.seat(service, board.seats(service).firstKey()).node();
    }

    /** Moves the only task of a service to a node that has room for it. */
    void relocate(int service, int to) {
        int slot = board.seats(service).firstKey();
        int from = home(service);
        String why = Why.totals(board, from, to);
        boolean replace = board.services.get(service).swap() == Swap.SURGE;
        boolean beforehand = replace && naturally(service, to);
        Seat seat = board.remove(service, slot);
        boolean pinned = replace ? !beforehand : !naturally(service, to);
        board.put(service, slot, Seat.planned(to));
        steps.add(new Step(service, from, to, replace ? Method.REPLACE : Method.HANDOFF, seat.taskId(), pinned, why));
    }

    private boolean naturally(int service, int to) {
        int[] placements = scheduler.placements(service);
        return placements.length == 1 && placements[0] == to;
    }

    /** Makes a round that ends as foreseen. */
    void make(Round round) {
        boolean surge = board.services.get(round.service()).swap() == Swap.SURGE;
        String why = Why.round(board, round);
        if (surge) {
            board.add(round.service(), round.to());
        }
        String taskId = takeAway(round);
        if (!surge) {
            board.add(round.service(), round.to());
        }
        Method method = surge ? Method.SURGE : Method.HANDOFF;
        steps.add(new Step(round.service(), round.from(), round.to(), method, taskId, false, why));
    }

    /** Keeps a service off a node with one task of it, so that this one goes to another node, which is one that Swarm may choose. */
    void shift(int service, int from, int to) {
        if (IntStream.of(scheduler.placementsOff(service, from)).noneMatch(node -> node == to)) {
            throw new IllegalStateException("service " + service + " would not go from " + from + " to " + to);
        }
        String why = Why.round(board, rounds.outcome(service, from, to));
        int slot = slotOn(service, from);
        String taskId = board.remove(service, slot).taskId();
        board.put(service, slot, Seat.planned(to));
        steps.add(new Step(service, from, to, Method.SHIFT, taskId, false, why));
    }

    private int slotOn(int service, int node) {
        return board.seats(service).entrySet().stream()
                .filter(seat -> seat.getValue().node() == node)
                .mapToInt(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
    }

    private String takeAway(Round round) {
        for (int slot : scheduler.removals(round.service())) {
            if (board.seat(round.service(), slot).node() == round.from()) {
                return board.remove(round.service(), slot).taskId();
            }
        }
        throw new IllegalStateException("nothing of " + round + " would be taken away");
    }
}
