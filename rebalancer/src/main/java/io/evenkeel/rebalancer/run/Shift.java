package io.evenkeel.rebalancer.run;

import io.evenkeel.rebalancer.plan.Move;
import io.evenkeel.rebalancer.run.Progress.Step;
import io.evenkeel.rebalancer.swarm.Journal;
import io.evenkeel.rebalancer.swarm.RawService;
import java.util.Optional;

/**
 * The only task of its service on a node is started anew elsewhere, the new one first, because a constraint keeps it away from there for as long as that takes. The
 * others stay: they still satisfy all constraints. Stateless.
 */
final class Shift implements Mover {

    private final Steps steps;
    private final Victims victims;
    private final Progress progress;

    Shift(Steps steps, Victims victims, Progress progress) {
        this.steps = steps;
        this.victims = victims;
        this.progress = progress;
    }

    @Override
    public Journal plan(Move move, RawService service) {
        return Journals.of(move, service, steps.deadline()).constrained("node.id!=" + move.from());
    }

    @Override
    public void begin(Move move, Journal journal, RawService service) {
        progress.onStep(move, Step.START_NEW);
        steps.write(
                move.serviceId(),
                now -> now.version() == service.version(),
                Steps.ours(journal),
                change -> {
                    journal.constraint().ifPresent(change::constrain);
                    change.order(Optional.of(Replace.START_FIRST)).journal(journal);
                },
                "away from there");
    }

    @Override
    public void finish(Move move, Journal journal) {
        victims.drainNamed(move, journal);
        progress.onStep(move, Step.AWAIT_HEALTHY);
        steps.replaced(journal, move.serviceId(), steps.deadline());
        progress.onStep(move, Step.VERIFY);
        conclude(move, journal, "as it was, but elsewhere");
    }

    @Override
    public void restore(Move move, Journal journal) {
        victims.release(journal, steps.read());
        conclude(move, journal, "as it was");
    }

    private void conclude(Move move, Journal journal, String why) {
        steps.write(
                move.serviceId(),
                Steps.ours(journal),
                service -> service.journal().isEmpty(),
                change -> {
                    journal.constraint().ifPresent(change::release);
                    change.order(journal.order()).journal(null);
                },
                why);
        steps.settled(journal, move.serviceId(), journal.replicas(), steps.deadline(), false);
    }
}
