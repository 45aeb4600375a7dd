package io.evenkeel.rebalancer.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What Swarm would do next with a service, as its scheduler and its orchestrator of replicas decide it. Where chance decides, all that it may choose.
 *
 * <p>Not modelled: that a node goes last on which this service has failed five times in five minutes, volumes, plugins, generic resources, and what tasks
 * that are being stopped still hold.
 */
public final class SwarmModel {

    private SwarmModel() {}

    /** Ids of the nodes one of which would get the next task; empty if it would stay pending. */
    public static Set<String> placements(Cluster cluster, Service service) {
        Cluster asked = with(cluster, service);
        Board board = new Board(asked);
        return IntStream.of(new Scheduler(board).placements(asked.services().indexOf(service)))
                .mapToObj(node -> board.nodes.get(node).id())
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Ids of the tasks one of which would be taken away if there were to be one replica less. Exactly one while the service has twelve tasks at most: of those
     * on the nodes with the most of it, the one with the highest slot.
     */
    public static Set<String> removals(Cluster cluster, Service service) {
        Cluster asked = with(cluster, service);
        Board board = new Board(asked);
        int number = asked.services().indexOf(service);
        return new Scheduler(board)
                .removals(number).stream()
                        .map(slot -> board.seat(number, slot).taskId())
                        .collect(Collectors.toUnmodifiableSet());
    }

    private static Cluster with(Cluster cluster, Service service) {
        List<Service> services = new ArrayList<>(cluster.services());
        services.removeIf(one -> one.id().equals(service.id()));
        services.add(service);
        return new Cluster(cluster.nodes(), services, cluster.tasks());
    }
}
