package io.evenkeel.rebalancer.run;

import io.evenkeel.rebalancer.plan.Move;
import io.evenkeel.rebalancer.run.Progress.Step;
import io.evenkeel.rebalancer.swarm.Journal;
import io.evenkeel.rebalancer.swarm.RawService;
import io.evenkeel.rebalancer.swarm.SwarmReading;
import io.evenkeel.rebalancer.swarm.TaskFacts;
import java.util.List;
import java.util.Optional;

/** One replica more; once that is healthy everywhere, one less. Stateless. */
record Surge(Waits waits, Changes changes, Victims victims, Progress progress) implements Mover {

    @Override
    public Journal plan(Move move, RawService service) {
        return Journals.of(move, service, waits.deadline());
    }

    @Override
    public void begin(Move move, Journal journal, RawService service) {
        progress.onStep(move, Step.START_NEW);
        changes.begin(service, journal, change -> change.replicas(journal.replicas() + 1), "one replica more");
    }

    @Override
    public void finish(Move move, Journal journal) {
        progress.onStep(move, Step.AWAIT_HEALTHY);
        SwarmReading reading = waits.settled(journal, move.serviceId(), journal.replicas() + 1, waits.deadline(), true);
        TaskFacts victim = victims.drain(move, journal, reading);
        try {
            progress.onStep(move, Step.STOP_OLD);
            lower(move, journal);
        } catch (Halt e) {
            victims.keep(victim);
            throw e;
        }
        victims.verify(move, victim, reading, journal.replicas());
    }

    private void lower(Move move, Journal journal) {
        changes.write(
                move.serviceId(),
                Changes.ours(journal),
                service -> service.journal().isEmpty() && service.replicas() == journal.replicas(),
                change -> {
                    journal.constraint().ifPresent(change::release);
                    change.replicas(journal.replicas()).journal(null);
                },
                "one replica less");
    }

    /**
     * Swarm takes a replica away from where most are, which would be a healthy one. So a new one that is not, and is the only one of its service on its node, is
     * first sent to the others: there it is one too many, and, while it does not run, the one that goes.
     */
    @Override
    public void restore(Move move, Journal journal) {
        SwarmReading reading = waits.read();
        victims.release(journal, reading);
        Journal now = journal;
        Optional<TaskFacts> ill = alone(reading, move);
        if (ill.isPresent() && reading.nodes().stream().allMatch(node -> node.ready())) {
            now = sendAway(move, journal);
        }
        lower(move, now);
    }

    private static Optional<TaskFacts> alone(SwarmReading reading, Move move) {
        List<TaskFacts> there = reading.tasksOf(move.serviceId()).stream()
                .filter(task -> task.nodeId().equals(move.to()))
                .toList();
        return there.size() == 1 && !there.get(0).running() ? Optional.of(there.get(0)) : Optional.empty();
    }

    private Journal sendAway(Move move, Journal journal) {
        String constraint = "node.id!=" + move.to();
        Journal constrained = journal.constrained(constraint);
        changes.write(
                move.serviceId(),
                Changes.ours(journal),
                service -> service.journal().equals(Optional.of(constrained)),
                change -> change.constrain(constraint).journal(constrained),
                "the new replica must not stay where it does not become healthy");
        waits.left(move.serviceId(), move.to(), waits.deadline());
        return constrained;
    }
}
