package io.evenkeel.rebalancer.run;

import io.evenkeel.rebalancer.plan.Move;
import io.evenkeel.rebalancer.run.Progress.Step;
import io.evenkeel.rebalancer.swarm.Journal;
import io.evenkeel.rebalancer.swarm.RawService;
import io.evenkeel.rebalancer.swarm.SwarmReading;
import io.evenkeel.rebalancer.swarm.TaskFacts;

/** One replica less; once that has ended, one more. For what cannot become healthy beside the one it takes over from. Stateless. */
final class Handoff implements Mover {

    private final Steps steps;
    private final Victims victims;
    private final Progress progress;

    Handoff(Steps steps, Victims victims, Progress progress) {
        this.steps = steps;
        this.victims = victims;
        this.progress = progress;
    }

    @Override
    public Journal plan(Move move, RawService service) {
        return Journals.of(move, service, steps.deadline());
    }

    /** Changes nothing yet but the label: whoever finds it undrains what was drained. */
    @Override
    public void begin(Move move, Journal journal, RawService service) {
        steps.write(
                move.serviceId(),
                now -> now.version() == service.version(),
                Steps.ours(journal),
                change -> change.journal(journal),
                "about to hand over");
    }

    @Override
    public void finish(Move move, Journal journal) {
        SwarmReading reading = steps.undisturbed();
        int replicas =
                reading.service(move.serviceId()).map(RawService::replicas).orElse(0);
        String leaving = journal.taskId();
        if (replicas == journal.replicas()) {
            TaskFacts victim = victims.drain(move, journal, reading);
            progress.onStep(move, Step.STOP_OLD);
            lower(move, journal);
            leaving = victims.verify(move, victim, reading, journal.replicas() - 1);
        }
        steps.ended(leaving, steps.deadline());
        progress.onStep(move, Step.START_NEW);
        raise(move, journal);
        progress.onStep(move, Step.AWAIT_HEALTHY);
        steps.settled(journal, move.serviceId(), journal.replicas(), steps.deadline(), false);
    }

    private void lower(Move move, Journal journal) {
        steps.write(
                move.serviceId(),
                Steps.ours(journal),
                service -> service.replicas() == journal.replicas() - 1,
                change -> change.replicas(journal.replicas() - 1),
                "one replica less");
    }

    private void raise(Move move, Journal journal) {
        steps.write(
                move.serviceId(),
                Steps.ours(journal),
                service -> service.journal().isEmpty() && service.replicas() == journal.replicas(),
                change -> change.replicas(journal.replicas()).journal(null),
                "one replica more");
    }

    @Override
    public void restore(Move move, Journal journal) {
        victims.release(journal, steps.read());
        raise(move, journal);
    }
}
