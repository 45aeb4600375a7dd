package io.evenkeel.discovery.register;

import io.evenkeel.discovery.Scheduler;
import io.evenkeel.discovery.swarm.Emptiness;
import io.evenkeel.discovery.swarm.EnabledTasks;
import io.evenkeel.discovery.swarm.SwarmPicture;
import io.evenkeel.discovery.swarm.SwarmWatcher;
import io.evenkeel.discovery.swarm.TaskEndpoint;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows which tasks should stand in Consul. While Swarm is silent, or says all at once that there is none, that is uncertain.
 *
 * <p><b>Threading.</b> Confined to the {@link Scheduler}.
 */
final class DesiredTasks implements SwarmWatcher {

    private static final Logger LOG = LoggerFactory.getLogger(DesiredTasks.class);

    private final String network;
    private final Runnable onChange;
    private final Emptiness emptiness;
    private List<String> problems = List.of();
    private Desired now = Desired.UNKNOWN;
    private boolean failing;

    /** @param network the network that is meant where no label names one */
    DesiredTasks(String network, Scheduler scheduler, Runnable onChange) {
        this.network = network;
        this.onChange = onChange;
        this.emptiness = new Emptiness(scheduler, true); // somebody may have registered tasks before us
    }

    Desired now() {
        return now;
    }

    @Override
    public void onPicture(SwarmPicture picture) {
        failing = false;
        EnabledTasks enabled = EnabledTasks.in(picture, network);
        complain(enabled.problems());
        become(emptiness.doubts(enabled.tasks().isEmpty()) ? now.doubted() : desired(enabled));
    }

    @Override
    public void onFailure(String reason) {
        if (!failing) {
            failing = true;
            LOG.warn("swarm: tasks are unknown, registrations are kept alive: {}", reason);
        }
        become(now.doubted());
    }

    private void become(Desired next) {
        if (!next.equals(now)) {
            now = next;
            onChange.run();
        }
    }

    private static Desired desired(EnabledTasks enabled) {
        Map<String, Desired.Task> tasks = new HashMap<>();
        for (TaskEndpoint task : enabled.tasks()) {
            tasks.put(
                    task.task().id(),
                    new Desired.Task(TaskRegistration.of(task), task.endpoint().usable()));
        }
        return new Desired(tasks, true);
    }

    private void complain(List<String> told) {
        told.stream().filter(problem -> !problems.contains(problem)).forEach(problem -> LOG.warn("swarm: {}", problem));
        problems = told;
    }
}
