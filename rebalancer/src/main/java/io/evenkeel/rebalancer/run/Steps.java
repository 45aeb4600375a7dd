package io.evenkeel.rebalancer.run;

import io.evenkeel.config.RebalanceConfig;
import io.evenkeel.discovery.swarm.EngineFailure;
import io.evenkeel.rebalancer.plan.Move;
import io.evenkeel.rebalancer.router.RouterFailure;
import io.evenkeel.rebalancer.router.Routers;
import io.evenkeel.rebalancer.router.RoutersView;
import io.evenkeel.rebalancer.swarm.Journal;
import io.evenkeel.rebalancer.swarm.NodeFacts;
import io.evenkeel.rebalancer.swarm.RawService;
import io.evenkeel.rebalancer.swarm.SpecChange;
import io.evenkeel.rebalancer.swarm.StaleService;
import io.evenkeel.rebalancer.swarm.Swarm;
import io.evenkeel.rebalancer.swarm.SwarmReading;
import io.evenkeel.rebalancer.swarm.TaskFacts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * What moves are made of. Each step is bounded in time and rides out managers that do not answer for a while.
 *
 * <p><b>Threading.</b> Confined to the thread that makes the moves; it waits.
 */
final class Steps {

    private static final Duration POLL = Duration.ofMillis(500);

    /** How long a healed partition may leave the cluster without a leader, and some. */
    private static final Duration LEADERLESS = Duration.ofSeconds(60);

    private final Swarm swarm;
    private final Routers routers;
    private final RebalanceConfig config;
    private final Time time;
    private final BooleanSupplier lock;
    private final Progress progress;

    Steps(Swarm swarm, Routers routers, RebalanceConfig config, Time time, BooleanSupplier lock, Progress progress) {
        this.swarm = swarm;
        this.routers = routers;
        this.config = config;
        this.time = time;
        this.lock = lock;
        this.progress = progress;
    }

    /** The moment by which a step that begins now must be over. */
    Instant deadline() {
        return time.now().plus(config.stepDeadline());
    }

    void pause(Duration duration) {
        time.pause(duration);
    }

    /** The cluster as it is. */
    SwarmReading read() {
        return patiently(swarm::read);
    }

    /** The cluster as it is, once every node's state is known; a node that is lost ends the move. */
    SwarmReading undisturbed() {
        Instant until = time.now().plus(LEADERLESS);
        while (true) {
            SwarmReading reading = read();
            List<NodeFacts> unwell = reading.nodes().stream()
                    .filter(node -> !node.ready() || !node.reachable())
                    .toList();
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

    /** The first change of a move, which brings the journal; nobody may have touched the service since it was read. */
    void begin(RawService service, Journal journal, Consumer<SpecChange> change, String why) {
        Consumer<SpecChange> whole = changed -> change.accept(changed.journal(journal));
        write(service.id(), now -> now.version() == service.version(), ours(journal), whole, why);
    }

    /** The last change of a move that began with a constraint and an order of its own; what else goes with it is {@code more}. Waits until all is well. */
    void conclude(Move move, Journal journal, Consumer<SpecChange> more, String why) {
        Consumer<SpecChange> whole = changed -> {
            journal.constraint().ifPresent(changed::release);
            more.accept(changed.order(journal.order()).journal(null));
        };
        write(move.serviceId(), ours(journal), service -> service.journal().isEmpty(), whole, why);
        settled(journal, move.serviceId(), journal.replicas(), deadline(), false);
    }

    /**
     * Changes a service that nobody else may have changed. After an answer that never came it looks whether the change was made.
     *
     * @param ours whether the service is still as this move knows it
     * @param done whether it already is as it should become
     */
    void write(String serviceId, ServiceTest ours, ServiceTest done, Consumer<SpecChange> change, String why) {
        patiently(() -> {
            RawService service = swarm.service(serviceId);
            if (done.test(service)) {
                return service;
            }
            if (!ours.test(service)) {
                throw Halt.leaving(service.name() + " was changed by somebody else");
            }
            if (!lock.getAsBoolean()) {
                throw Halt.leaving("the lock is lost");
            }
            SpecChange changed = SpecChange.of(service);
            change.accept(changed);
            swarm.write(service, changed, why);
            return service;
        });
    }

    /** Waits until the service has just so many tasks, all of them running and used by every router that knows the service. */
    SwarmReading settled(Journal journal, String serviceId, int count, Instant deadline, boolean journalled) {
        while (true) {
            SwarmReading reading = undisturbed();
            RawService service = reading.service(serviceId).orElseThrow(() -> Halt.leaving("the service is gone"));
            if (journalled && !ours(journal).test(service)) {
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
        return routers.configured() ? unfit(tasks) : "";
    }

    private String unfit(List<TaskFacts> tasks) {
        try {
            RoutersView view = routers.view();
            Set<String> all =
                    tasks.stream().flatMap(task -> task.addresses().stream()).collect(Collectors.toSet());
            if (view.knows(all)) {
                for (TaskFacts task : tasks) {
                    if (!view.fit(task.addresses())) {
                        return "task " + task.id() + " is not healthy in every router";
                    }
                }
            }
            return "";
        } catch (RouterFailure e) {
            return String.valueOf(e.getMessage());
        }
    }

    /** A service with this move's journal. */
    static ServiceTest ours(Journal journal) {
        return service -> service.label(Journal.LABEL).isPresent()
                && service.journal()
                        .filter(found -> found.run().equals(journal.run()))
                        .isPresent();
    }

    /** Every router stops sending to a task. */
    void forbid(TaskFacts task) {
        if (routers.configured()) {
            try {
                routers.drain(task.addresses());
            } catch (RouterFailure e) {
                throw Halt.restoring(String.valueOf(e.getMessage()));
            }
        }
    }

    /** Every router stops sending to a task; waits until nothing is in flight there, for as long as configured. */
    void drain(TaskFacts task) {
        forbid(task);
        if (!routers.configured()) {
            return;
        }
        try {
            Instant until = time.now().plus(config.drainDeadline());
            while (routers.view().inFlight(task.addresses()) > 0 && time.now().isBefore(until)) {
                time.pause(POLL.dividedBy(2));
            }
        } catch (RouterFailure e) {
            throw Halt.restoring(String.valueOf(e.getMessage()));
        }
    }

    /** Takes a drain back as far as that can be done. */
    void undrain(Set<String> addresses) {
        if (routers.configured() && !addresses.isEmpty()) {
            try {
                routers.undrain(addresses);
            } catch (RouterFailure e) {
                progress.onTrouble("not undrained: " + e.getMessage());
            }
        }
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
        while (!patiently(() -> swarm.ended(taskId))) {
            if (time.now().isAfter(deadline)) {
                throw Halt.restoring("task " + taskId + " does not end");
            }
            time.pause(POLL);
        }
    }

    /** Asks until a manager answers, for as long as a cluster may have no leader; again too where somebody else's change came first. */
    private <T> T patiently(Supplier<T> question) {
        Instant until = time.now().plus(LEADERLESS);
        while (true) {
            try {
                return question.get();
            } catch (EngineFailure | StaleService e) {
                progress.onTrouble(String.valueOf(e.getMessage()));
                if (time.now().isAfter(until)) {
                    throw Halt.leaving("no manager answers: " + e.getMessage());
                }
                time.pause(POLL.multipliedBy(2));
            }
        }
    }

    /** Looks at a service. */
    interface ServiceTest {
        boolean test(RawService service);
    }
}
