package io.evenkeel.rebalancer.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
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
        int[] all = IntStream.range(0, board.nodes.size()).toArray();
        return board.sites[service].levels() == 0 ? best(service, all) : inTree(service, all, 0, 1);
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
        Map<Integer, Seat> seats = board.seats(service);
        int most = order.stream()
                .mapToInt(slot -> rank(service, seats.get(slot)))
                .max()
                .orElse(0);
        Map<Integer, Integer> lastByNode = new LinkedHashMap<>();
        for (Integer slot : order) {
            Seat seat = seats.get(slot);
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

    private int[] best(int service, int[] nodes) {
        int[] found = new int[nodes.length];
        int size = 0;
        for (int node : nodes) {
            int order = size == 0 ? -1 : compare(service, node, found[0]);
            if (order <= 0 && board.room(service, node)) {
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
    private int[] inTree(int service, int[] nodes, int level, int tasks) {
        if (level == board.sites[service].levels()) {
            return best(service, nodes);
        }
        Map<int[], Integer> open = branches(service, nodes, level);
        while (!open.isEmpty()) {
            int share = tasks + open.values().stream().mapToInt(count -> count).sum();
            Map<int[], Integer> tried = lacking(open, share);
            int extra = share % open.size() > 0 ? 1 : 0;
            int desired = share / open.size() + extra;
            int[] found = tried.entrySet().stream()
                    .flatMapToInt(branch ->
                            Arrays.stream(inTree(service, branch.getKey(), level + 1, desired - branch.getValue())))
                    .toArray();
            if (found.length > 0) {
                return IntStream.of(found).sorted().toArray();
            }
            open.keySet().removeAll(tried.keySet());
        }
        return new int[0];
    }

    private static Map<int[], Integer> lacking(Map<int[], Integer> open, int share) {
        int desired = share / open.size();
        boolean extra = share % open.size() > 0;
        return open.entrySet().stream()
                .filter(branch -> branch.getValue() < desired || extra && branch.getValue() == desired)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** The nodes of each branch, and how many tasks of the service it has. */
    private Map<int[], Integer> branches(int service, int[] nodes, int level) {
        int[] branchOf = board.sites[service].branches()[level];
        Collection<List<Integer>> groups = IntStream.of(nodes)
                .boxed()
                .collect(Collectors.groupingBy(node -> branchOf[node], TreeMap::new, Collectors.toList()))
                .values();
        return groups.stream()
                .map(group -> group.stream().mapToInt(node -> node).toArray())
                .collect(Collectors.toMap(group -> group, group -> tasks(service, group)));
    }

    private int tasks(int service, int[] nodes) {
        return IntStream.of(nodes).map(node -> board.count(service, node)).sum();
    }
}
