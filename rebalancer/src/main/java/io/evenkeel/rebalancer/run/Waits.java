package io.evenkeel.rebalancer.run;

import io.evenkeel.config.RebalanceConfig;
import io.evenkeel.rebalancer.swarm.Journal;
import io.evenkeel.rebalancer.swarm.NodeFacts;
import io.evenkeel.rebalancer.swarm.RawService;
import io.evenkeel.rebalancer.swarm.Swarm;
import io.evenkeel.rebalancer.swarm.SwarmReading;
import io.evenkeel.rebalancer.swarm.TaskFacts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What a move waits for. Each wait has an end, and rides out managers that do not answer for a while.
 *
 * <p><b>Threading.</b> Confined to the thread that makes the moves; it waits.
 */
final class Waits {

    private static final Duration POLL = Duration.ofMillis(500);

    private final Swarm swarm;
    private final Patience patience;
    private final Drains drains;
    private final RebalanceConfig config;
    private final Time time;

    Waits(Swarm swarm, Patience patience, Drains drains, RebalanceConfig config, Time time) {
        this.swarm = swarm;
        this.patience = patience;
        this.drains = drains;
        this.config = config;
        this.time = time;
    }

    /** The moment by which a step that begins now must be over. */
    Instant deadline() {
        return time.now().plus(config.stepDeadline());
    }

    /** The cluster as it is. */
    SwarmReading read() {
        return patience.ask(swarm::read);
    }

    /** The cluster as it is, once every node's state is known; a node that is lost ends the move. */
    SwarmReading undisturbed() {
        Instant until = time.now().plus(Patience.LEADERLESS);
        while (true) {
            SwarmReading reading = read();
            List<NodeFacts> unwell =
                    reading.nodes().stream().filter(node -> !node.well()).toList();
            if (unwell.isEmpty()) {
                return reading;
            }
            NodeFacts node = unwell.get(0);
            boolean known = unwell.stream().anyMatch(one -> !one.unknown());
            if (known || time.now().isAfter(until)) {
                throw Halt.restoring("node " + node.hostname() + " is not well: " + node.said());
            }
            time.pause(POLL);
        }
    }

    /** Waits until the service has just so many tasks, all of them running and used by every router that knows the service. */
    SwarmReading settled(Journal journal, String serviceId, int count, Instant deadline, boolean journalled) {
        while (true) {
            SwarmReading reading = undisturbed();
            RawService service = reading.service(serviceId).orElseThrow(() -> Halt.leaving("the service is gone"));
            if (journalled && !Changes.ours(journal).test(service)) {
                throw Halt.leaving(service.name() + " was changed by somebody else");
            }
            List<TaskFacts> tasks = reading.tasksOf(serviceId);
            String missing = missing(tasks, count);
            if (missing.isEmpty()) {
                return reading;
            }
            if (time.now().isAfter(deadline)) {
                throw Halt.restoring(service.name() + " is not healthy after "
                        + config.stepDeadline().toSeconds() + " s: " + missing);
            }
            time.pause(POLL);
        }
    }

    private String missing(List<TaskFacts> tasks, int count) {
        for (TaskFacts task : tasks) {
            if (!task.running()) {
                return "task " + task.id() + " is " + task.state()
                        + (task.message().isEmpty() ? "" : ": " + task.message());
            }
        }
        if (tasks.size() != count) {
            return tasks.size() + " of " + count + " tasks";
        }
        return drains.unfit(tasks);
    }

    /** Waits until Swarm wants only so many tasks of a service, and says which. */
    List<TaskFacts> remaining(String serviceId, int count, Instant deadline) {
        while (true) {
            List<TaskFacts> tasks = read().tasksOf(serviceId);
            if (tasks.size() <= count) {
                return tasks;
            }
            if (time.now().isAfter(deadline)) {
                throw Halt.leaving("Swarm takes no task away");
            }
            time.pause(POLL);
        }
    }

    /** Waits until Swarm wants no task of a service on a node any more. */
    void left(String serviceId, String nodeId, Instant deadline) {
        while (read().tasksOf(serviceId).stream().anyMatch(task -> task.nodeId().equals(nodeId))) {
            if (time.now().isAfter(deadline)) {
                return; // it is taken away from somewhere else then
            }
            time.pause(POLL);
        }
    }

    /** Waits until the journal's task is none of its service any more, and those that are are healthy. */
    void replaced(Journal journal, String serviceId, Instant deadline) {
        while (true) {
            SwarmReading reading = settled(journal, serviceId, journal.replicas(), deadline, true);
            if (reading.tasksOf(serviceId).stream().noneMatch(task -> task.id().equals(journal.taskId()))) {
                return;
            }
            if (time.now().isAfter(deadline)) {
                throw Halt.restoring(
                        "no new task after " + config.stepDeadline().toSeconds() + " s");
            }
            time.pause(POLL);
        }
    }

    /** Waits until a task runs no more. */
    void ended(String taskId, Instant deadline) {
        while (!patience.ask(() -> swarm.ended(taskId))) {
            if (time.now().isAfter(deadline)) {
                throw Halt.restoring("task " + taskId + " does not end");
            }
            time.pause(POLL);
        }
    }
}
