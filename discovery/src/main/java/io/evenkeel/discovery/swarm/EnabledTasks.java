package io.evenkeel.discovery.swarm;

import io.evenkeel.config.EndpointSourceConfig.SwarmSource;
import java.util.ArrayList;
import java.util.List;

/**
 * The tasks of all services that are enabled by label, wherever their labels say they are dialled. Immutable.
 *
 * @param problems why tasks that serve are missing, a line for each service
 */
public record EnabledTasks(List<TaskEndpoint> tasks, List<String> problems) {

    public EnabledTasks {
        tasks = List.copyOf(tasks);
        problems = List.copyOf(problems);
    }

    /** @param network the network that is meant where no label names one; empty: the only one */
    public static EnabledTasks in(SwarmPicture picture, String network) {
        List<TaskEndpoint> tasks = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (SwarmService service : picture.services()) {
            problems.addAll(service.labels().problems());
            if (service.labels().settings().enable()) {
                SwarmSource alone = new SwarmSource(List.of(service.name()), "", 0, "");
                tasks.addAll(new TaskEndpoints(alone, network).tasks(picture, service, problems));
            }
        }
        return new EnabledTasks(tasks, problems);
    }
}
