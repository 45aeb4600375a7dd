package io.evenkeel.rebalancer.plan;

import io.evenkeel.rebalancer.plan.Move.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A plan in the making: the board as it is after the steps that were taken. Every step is one that Swarm would make there, by itself or pinned.
 *
 * <p><em>Threading.</em> Confined to its planner.
 */
final class Draft {

    final Board board;
    final Scheduler scheduler;
    final Rounds rounds;
    final List<Step> steps = new ArrayList<>();

    /** Services with one replica that may be moved: any of them to any node with room. */
    final int[] singles;

    /** Services with more that may be moved: as Swarm does it in rounds. */
    final int[] groups;

    Draft(Cluster cluster) {
        board = new Board(cluster);
        scheduler = new Scheduler(board);
        rounds = new Rounds(board, scheduler);
        int[] movable = IntStream.range(0, board.services.size())
                .filter(service -> HandsOff.reason(board, service).isEmpty())
                .toArray();
        singles = Arrays.stream(movable).filter(this::single).toArray();
        groups = Arrays.stream(movable).filter(service -> !single(service)).toArray();
    }

    private boolean single(int service) {
        return board.seats(service).size() == 1;
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

    private String takeAway(Round round) {
        for (int slot : scheduler.removals(round.service())) {
            if (board.seat(round.service(), slot).node() == round.from()) {
                return board.remove(round.service(), slot).taskId();
            }
        }
        throw new IllegalStateException("nothing of " + round + " would be taken away");
    }
}
