package io.evenkeel.rebalancer.plan;

import java.util.List;

/**
 * A cluster at one moment, as far as planning goes. Immutable.
 *
 * @param nodes all of them, also those that are down
 * @param services all of them, also those that are left alone: their tasks count on their nodes
 * @param tasks those that Swarm wants to run
 */
public record Cluster(List<Node> nodes, List<Service> services, List<Task> tasks) {

    public Cluster {
        nodes = List.copyOf(nodes);
        services = List.copyOf(services);
        tasks = List.copyOf(tasks);
    }
}
