package io.evenkeel.rebalancer.run;

import io.evenkeel.rebalancer.plan.Cluster;
import io.evenkeel.rebalancer.plan.Move;
import io.evenkeel.rebalancer.plan.Service;
import io.evenkeel.rebalancer.plan.SwarmModel;
import io.evenkeel.rebalancer.run.Progress.Step;
import io.evenkeel.rebalancer.swarm.Journal;
import io.evenkeel.rebalancer.swarm.SwarmReading;
import io.evenkeel.rebalancer.swarm.TaskFacts;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Which task Swarm will take away is up to Swarm: here it is foretold, drained, and looked at afterwards. Stateless. */
final class Victims {

    private final Waits waits;
    private final Changes changes;
    private final Drains drains;
    private final Progress progress;

    Victims(Waits waits, Changes changes, Drains drains, Progress progress) {
        this.waits = waits;
        this.changes = changes;
        this.drains = drains;
        this.progress = progress;
    }

    /** Drains the task that Swarm is expected to take away now; it stands in the journal before any router hears of it. */
    TaskFacts drain(Move move, Journal journal, SwarmReading reading) {
        String expected = foretold(reading.cluster(), move.serviceId(), journal.taskId());
        if (!expected.equals(journal.taskId())) {
            release(journal, reading);
            Journal other = journal.expecting(expected);
            changes.write(
                    move.serviceId(),
                    Changes.ours(journal),
                    service -> service.journal().filter(other::equals).isPresent(),
                    change -> change.journal(other),
                    "another task will go");
        }
        TaskFacts victim = reading.tasks().stream()
                .filter(task -> task.id().equals(expected))
                .findFirst()
                .orElseThrow(() -> Halt.restoring("there is no task to take away"));
        progress.onStep(move, Step.DRAIN);
        try {
            drains.drain(victim);
        } catch (Halt e) {
            drains.undrain(victim.addresses());
            throw e;
        }
        return victim;
    }

    /** Drains the task that the journal names, if it is still there; it goes by itself as soon as another one runs. */
    void drainNamed(Move move, Journal journal) {
        progress.onStep(move, Step.DRAIN);
        waits.read().tasks().stream()
                .filter(task -> task.id().equals(journal.taskId()))
                .forEach(drains::forbid);
    }

    private static String foretold(Cluster cluster, String serviceId, String preferred) {
        Service service = cluster.services().stream()
                .filter(one -> one.id().equals(serviceId))
                .findFirst()
                .orElseThrow(() -> Halt.leaving("the service is gone"));
        Set<String> may = new TreeSet<>(SwarmModel.removals(cluster, service));
        return may.isEmpty() || may.contains(preferred)
                ? preferred
                : may.iterator().next();
    }

    /**
     * Waits until a task is gone, and undrains the expected one if it is still there.
     *
     * @return the task that went
     */
    String verify(Move move, TaskFacts expected, SwarmReading before, int left) {
        progress.onStep(move, Step.VERIFY);
        List<TaskFacts> now = waits.remaining(move.serviceId(), left, waits.deadline());
        Set<String> gone = ids(before.tasksOf(move.serviceId()));
        gone.removeAll(ids(now));
        if (gone.contains(expected.id()) || gone.isEmpty()) {
            return expected.id();
        }
        drains.undrain(expected.addresses());
        String taken = gone.iterator().next();
        progress.onMisprediction(move, expected.id(), taken);
        return taken;
    }

    /** Undrains a task that stays after all. */
    void keep(TaskFacts task) {
        drains.undrain(task.addresses());
    }

    /** Undrains the task that a journal names, if it is there. */
    void release(Journal journal, SwarmReading reading) {
        reading.tasks().stream()
                .filter(task -> task.id().equals(journal.taskId()))
                .forEach(task -> drains.undrain(task.addresses()));
    }

    private static Set<String> ids(List<TaskFacts> tasks) {
        return tasks.stream().map(TaskFacts::id).collect(Collectors.toCollection(HashSet::new));
    }
}
