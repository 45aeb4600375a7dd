package io.evenkeel.rebalancer.run;

import io.evenkeel.rebalancer.plan.Move;
import io.evenkeel.rebalancer.run.Progress.Step;
import io.evenkeel.rebalancer.swarm.Journal;
import io.evenkeel.rebalancer.swarm.RawService;
import io.evenkeel.rebalancer.swarm.SwarmReading;
import io.evenkeel.rebalancer.swarm.TaskFacts;
import java.util.Optional;

/** One replica less; once that has ended, one more. For what cannot become healthy beside the one it takes over from. Stateless. */
record Handoff(Waits waits, Changes changes, Victims victims, Progress progress) implements Mover {

    @Override
    public Journal plan(Move move, RawService service) {
        return Journals.of(move, service, waits.deadline());
    }

    /** Changes nothing yet but the label: whoever finds it undrains what was drained. */
    @Override
    public void begin(Move move, Journal journal, RawService service) {
        changes.begin(service, journal, change -> {}, "about to hand over");
    }

    @Override
    public void finish(Move move, Journal journal) {
        SwarmReading reading = waits.undisturbed();
        int replicas =
                reading.service(move.serviceId()).map(RawService::replicas).orElse(0);
        Optional<String> leaving = replicas == journal.replicas()
                ? Optional.of(stopOld(move, journal, reading))
                : stopped(journal, reading);
        leaving.ifPresent(task -> waits.ended(task, waits.deadline()));
        progress.onStep(move, Step.START_NEW);
        raise(move, journal);
        progress.onStep(move, Step.AWAIT_HEALTHY);
        waits.settled(journal, move.serviceId(), journal.replicas(), waits.deadline(), false);
    }

    private String stopOld(Move move, Journal journal, SwarmReading reading) {
        TaskFacts victim = victims.drain(move, journal, reading);
        progress.onStep(move, Step.STOP_OLD);
        lower(move, journal);
        return victims.verify(move, victim, reading, journal.replicas() - 1);
    }

    /** What somebody else stopped; if it was not what the journal expected, nobody knows what it was, and it had its time. */
    private Optional<String> stopped(Journal journal, SwarmReading reading) {
        boolean there = reading.tasks().stream().anyMatch(task -> task.id().equals(journal.taskId()));
        victims.release(journal, reading);
        return there ? Optional.empty() : Optional.of(journal.taskId());
    }

    private void lower(Move move, Journal journal) {
        changes.write(
                move.serviceId(),
                Changes.ours(journal),
                service -> service.replicas() == journal.replicas() - 1,
                change -> change.replicas(journal.replicas() - 1),
                "one replica less");
    }

    private void raise(Move move, Journal journal) {
        changes.write(
                move.serviceId(),
                Changes.ours(journal),
                service -> service.journal().isEmpty() && service.replicas() == journal.replicas(),
                change -> change.replicas(journal.replicas()).journal(null),
                "one replica more");
    }

    @Override
    public void restore(Move move, Journal journal) {
        victims.release(journal, waits.read());
        raise(move, journal);
        waits.settled(journal, move.serviceId(), journal.replicas(), waits.deadline(), false);
    }
}
