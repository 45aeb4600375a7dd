package io.evenkeel.rebalancer.plan;

import io.evenkeel.rebalancer.plan.Site.Branch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.IntStream;

/**
 * Where Swarm puts the next task of a service and from where it takes one away. It walks the tree of spread preferences first; within a branch the node
 * with the fewest tasks of the service wins, then the one with the fewest in all, then chance.
 */
final class Scheduler {

    /** Slots: up to so many are sorted by insertion in Go's {@code sort.Sort}. */
    private static final int SORTED_STABLY = 12;

    private final Board board;

    Scheduler(Board board) {
        this.board = board;
    }

    /** All nodes that the next task may be put on, none if it would stay pending; in ascending order. */
    int[] placements(int service) {
        return placementsOff(service, Seat.NOWHERE);
    }

    /** The same while a constraint bars a node, whose tasks count all the same. */
    int[] placementsOff(int service, int barred) {
        return inTree(service, board.sites[service].tree(), 1, barred);
    }

    /**
     * The slots one of which is emptied when there is to be one replica less. Tasks that are not assigned go first, then those on the nodes with the most of
     * the service. Of one node's tasks the last goes: one that does not run, else the highest slot. Go sorts short lists without changing the order of equals,
     * so that in these the last goes among several nodes too; in long ones that is left to chance.
     */
    List<Integer> removals(int service) {
        List<Integer> order = order(board.seats(service));
        List<Integer> last = lastOfCrowded(service, order);
        boolean certain = order.size() <= SORTED_STABLY && !last.isEmpty();
        return certain ? last.subList(last.size() - 1, last.size()) : last;
    }

    private List<Integer> lastOfCrowded(int service, List<Integer> order) {
        int most = order.stream()
                .mapToInt(slot -> rank(service, board.seat(service, slot)))
                .max()
                .orElse(0);
        Map<Integer, Integer> lastByNode = new LinkedHashMap<>();
        for (Integer slot : order) {
            Seat seat = board.seat(service, slot);
            if (rank(service, seat) == most) {
                int group = seat.node() == Seat.NOWHERE ? -slot - 1 : seat.node();
                lastByNode.remove(group);
                lastByNode.put(group, slot);
            }
        }
        return List.copyOf(lastByNode.values());
    }

    private int rank(int service, Seat seat) {
        return seat.node() == Seat.NOWHERE ? Integer.MAX_VALUE : board.count(service, seat.node());
    }

    private static List<Integer> order(SortedMap<Integer, Seat> seats) {
        List<Integer> order = new ArrayList<>(seats.size());
        seats.forEach((slot, seat) -> addIf(seat.running(), slot, order));
        seats.forEach((slot, seat) -> addIf(!seat.running(), slot, order));
        return order;
    }

    private static void addIf(boolean wanted, Integer slot, List<Integer> order) {
        if (wanted) {
            order.add(slot);
        }
    }

    private int[] best(int service, int[] nodes, int barred) {
        int[] found = new int[nodes.length];
        int size = 0;
        for (int node : nodes) {
            int order = size == 0 ? -1 : compare(service, node, found[0]);
            if (order <= 0 && node != barred && board.room(service, node)) {
                size = order < 0 ? 0 : size;
                found[size++] = node;
            }
        }
        return Arrays.copyOf(found, size);
    }

    private int compare(int service, int one, int other) {
        int byService = Integer.compare(board.count(service, one), board.count(service, other));
        return byService != 0 ? byService : Integer.compare(board.total(one), board.total(other));
    }

    /**
     * As {@code scheduleNTasksOnSubtree} of swarmkit does it: a branch may have the task if it has less than its share of what is there and what is to come,
     * in whatever order chance picks. A branch without room leaves the sharing only once it was tried. {@code tasks} is above one in a branch that lacks more
     * than one, although there is only one to place.
     */
    private int[] inTree(int service, Branch tree, int tasks, int barred) {
        if (tree.below().isEmpty()) {
            return best(service, tree.nodes(), barred);
        }
        List<Branch> open = new ArrayList<>(tree.below());
        while (!open.isEmpty()) {
            int share = tasks
                    + open.stream().mapToInt(branch -> tasks(service, branch)).sum();
            int fair = share / open.size();
            int extra = share % open.size() > 0 ? 1 : 0;
            List<Branch> tried = open.stream()
                    .filter(branch -> tasks(service, branch) < fair + extra)
                    .toList();
            int[] found = tried.stream()
                    .flatMapToInt(branch ->
                            IntStream.of(inTree(service, branch, fair + extra - tasks(service, branch), barred)))
                    .sorted()
                    .toArray();
            if (found.length > 0) {
                return found;
            }
            open.removeAll(tried);
        }
        return new int[0];
    }

    private int tasks(int service, Branch branch) {
        return board.tasksIn(service, branch.level(), branch.number());
    }
}
