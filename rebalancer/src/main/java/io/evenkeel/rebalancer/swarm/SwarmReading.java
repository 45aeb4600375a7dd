package io.evenkeel.rebalancer.swarm;

import io.evenkeel.rebalancer.plan.Cluster;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A cluster as a manager told it at one moment. Immutable.
 *
 * @param cluster what planning takes of it
 * @param nodes what else is known of its nodes
 * @param services by id
 * @param tasks those that Swarm wants to run
 * @param restless names of services whose tasks are on their way somewhere: one to look at again soon
 */
public record SwarmReading(
        Cluster cluster,
        List<NodeFacts> nodes,
        Map<String, RawService> services,
        List<TaskFacts> tasks,
        List<String> restless) {

    public SwarmReading {
        nodes = List.copyOf(nodes);
        services = Map.copyOf(services);
        tasks = List.copyOf(tasks);
        restless = List.copyOf(restless);
    }

    /** A service, unless it is gone. */
    public Optional<RawService> service(String id) {
        return Optional.ofNullable(services.get(id));
    }

    /** The tasks of a service that Swarm wants to run. */
    public List<TaskFacts> tasksOf(String serviceId) {
        return tasks.stream().filter(task -> task.serviceId().equals(serviceId)).toList();
    }
}
