package io.evenkeel.discovery.swarm;

import java.util.List;
import java.util.Map;

/**
 * The cluster at one moment. Immutable.
 *
 * @param nodes by id
 * @param services in the order of their names
 * @param tasks by the id of their service, in the order of their own ids; also those that are on their way out, where the engine lists them
 */
public record SwarmPicture(
        Map<String, SwarmNode> nodes, List<SwarmService> services, Map<String, List<SwarmTask>> tasks) {

    public SwarmPicture {
        nodes = Map.copyOf(nodes);
        services = List.copyOf(services);
        tasks = Map.copyOf(tasks);
    }

    /** The tasks of a service. */
    public List<SwarmTask> tasksOf(SwarmService service) {
        return tasks.getOrDefault(service.id(), List.of());
    }

    SwarmPicture withTasks(Map<String, List<SwarmTask>> newer) {
        return new SwarmPicture(nodes, services, newer);
    }

    /** Whether tasks are about to change: some are not where they should be, or are being replaced. The API announces none of that. */
    boolean busy() {
        return services.stream().anyMatch(this::busy);
    }

    private boolean busy(SwarmService service) {
        List<SwarmTask> its = tasksOf(service);
        long serving = its.stream().filter(SwarmTask::serving).count();
        return service.updating()
                || its.stream().anyMatch(SwarmTask::coming)
                || (service.replicas().isPresent() && service.replicas().getAsInt() != serving);
    }
}
