package io.evenkeel.rebalancer.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which tasks of which service are where, and what room that leaves: what a plan is tried out on. Services and nodes are numbered as in the cluster.
 *
 * <p><em>Threading.</em> Confined to its planner.
 */
final class Board {

    final List<Node> nodes;
    final List<Service> services;
    final Site[] sites;

    /** By service, its tasks by slot. */
    private final List<SortedMap<Integer, Seat>> seats = new ArrayList<>();

    /** By service and node. */
    private final int[][] counts;

    /** By service, level of its spread preferences and branch. */
    private final int[][][] branchCounts;

    /** By node: all tasks, also of services that are not known. */
    private final int[] totals;

    private final long[] freeCpus;
    private final long[] freeMemory;
    private final List<Set<String>> takenPorts = new ArrayList<>();

    Board(Cluster cluster) {
        this(
                cluster,
                cluster.services().stream()
                        .map(service -> Site.of(service, cluster.nodes()))
                        .toArray(Site[]::new));
    }

    /** @param sites of its services */
    Board(Cluster cluster, Site[] sites) {
        this.sites = sites;
        nodes = cluster.nodes();
        services = cluster.services();
        counts = new int[services.size()][nodes.size()];
        branchCounts = new int[services.size()][][];
        Arrays.setAll(branchCounts, service -> new int[sites[service].branches().length][nodes.size()]);
        totals = new int[nodes.size()];
        freeCpus = nodes.stream().mapToLong(node -> node.capacity().nanoCpus()).toArray();
        freeMemory =
                nodes.stream().mapToLong(node -> node.capacity().memoryBytes()).toArray();
        services.forEach(service -> seats.add(new TreeMap<>()));
        nodes.forEach(node -> takenPorts.add(new HashSet<>()));
        fill(cluster.tasks());
    }

    SortedMap<Integer, Seat> seats(int service) {
        return seats.get(service);
    }

    /** What is in a slot that is filled. */
    Seat seat(int service, int slot) {
        return Objects.requireNonNull(seats(service).get(slot));
    }

    int count(int service, int node) {
        return counts[service][node];
    }

    int tasksIn(int service, int level, int branch) {
        return branchCounts[service][level][branch];
    }

    int total(int node) {
        return totals[node];
    }

    /** Sums of squares, the most important first: of the tasks of each service by level of its preferences, by node, and of all tasks by node. */
    long[] unevenness() {
        int levels =
                Arrays.stream(branchCounts).mapToInt(all -> all.length).max().orElse(0);
        long[] sums = new long[levels + 2];
        for (int service = 0; service < counts.length; service++) {
            for (int level = 0; level < branchCounts[service].length; level++) {
                sums[level] += squares(branchCounts[service][level]);
            }
            sums[levels] += squares(counts[service]);
        }
        sums[levels + 1] = squares(totals);
        return sums;
    }

    private static long squares(int[] counts) {
        return Arrays.stream(counts).mapToLong(count -> (long) count * count).sum();
    }

    /** Whether Swarm would put one more task of this service there. */
    boolean room(int service, int node) {
        int most = services.get(service).placement().maxPerNode();
        return sites[service].may().get(node)
                && (most == 0 || counts[service][node] < most)
                && room(services.get(service), node);
    }

    /** Whether what the service needs of a node, apart from leave to be there, is free. */
    private boolean room(Service service, int node) {
        Set<String> ports = service.placement().hostPorts();
        Resources need = service.reservation();
        return (need.nanoCpus() == 0 || need.nanoCpus() <= freeCpus[node])
                && (need.memoryBytes() == 0 || need.memoryBytes() <= freeMemory[node])
                && (ports.isEmpty() || ports.stream().noneMatch(takenPorts.get(node)::contains));
    }

    /** A new task on a node takes the lowest slot that is free, which is returned. */
    int add(int service, int node) {
        int slot = free(service, 1);
        put(service, slot, Seat.planned(node));
        return slot;
    }

    /** Fills a free slot. */
    void put(int service, int slot, Seat seat) {
        seats(service).put(slot, seat);
        if (seat.node() != Seat.NOWHERE) {
            change(service, seat.node(), 1);
            takenPorts.get(seat.node()).addAll(services.get(service).placement().hostPorts());
        }
    }

    /** Empties a slot that is filled. */
    Seat remove(int service, int slot) {
        Seat seat = Objects.requireNonNull(seats(service).remove(slot));
        if (seat.node() != Seat.NOWHERE) {
            change(service, seat.node(), -1);
            takenPorts
                    .get(seat.node())
                    .removeAll(services.get(service).placement().hostPorts());
        }
        return seat;
    }

    private void change(int service, int node, int by) {
        counts[service][node] += by;
        for (int level = 0; level < branchCounts[service].length; level++) {
            branchCounts[service][level][sites[service].branches()[level][node]] += by;
        }
        totals[node] += by;
        freeCpus[node] -= by * services.get(service).reservation().nanoCpus();
        freeMemory[node] -= by * services.get(service).reservation().memoryBytes();
    }

    private void fill(List<Task> tasks) {
        Map<String, Integer> nodeNumbers = new HashMap<>();
        nodes.forEach(node -> nodeNumbers.put(node.id(), nodeNumbers.size()));
        Map<String, Integer> serviceNumbers = new HashMap<>();
        services.forEach(service -> serviceNumbers.put(service.id(), serviceNumbers.size()));
        for (Task task : tasks) {
            int node = nodeNumbers.getOrDefault(task.nodeId(), Seat.NOWHERE);
            Integer service = serviceNumbers.get(task.serviceId());
            if (service != null) {
                put(service, free(service, task.slot()), new Seat(task.id(), node, task.running()));
            } else if (node != Seat.NOWHERE) {
                totals[node]++;
            }
        }
    }

    /** The slot itself or the next free one: it may have two tasks during an update. */
    private int free(int service, int slot) {
        int free = slot;
        while (seats(service).containsKey(free)) {
            free++;
        }
        return free;
    }
}
