package io.evenkeel.rebalancer.run;

import io.evenkeel.rebalancer.plan.Move;
import io.evenkeel.rebalancer.run.Progress.Step;
import io.evenkeel.rebalancer.swarm.Journal;
import io.evenkeel.rebalancer.swarm.RawService;
import io.evenkeel.rebalancer.swarm.SpecChange;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The only task of its service on a node is started anew elsewhere, the new one first, because a constraint keeps it away from there for as long as that takes. The
 * others stay: they still satisfy all constraints. Stateless.
 */
record Shift(Waits waits, Changes changes, Victims victims, Progress progress) implements Mover {

    @Override
    public Journal plan(Move move, RawService service) {
        return Journals.of(move, service, waits.deadline()).constrained("node.id!=" + move.from());
    }

    @Override
    public void begin(Move move, Journal journal, RawService service) {
        progress.onStep(move, Step.START_NEW);
        Consumer<SpecChange> away = change -> {
            journal.constraint().ifPresent(change::constrain);
            change.order(Optional.of(Replace.START_FIRST));
        };
        changes.begin(service, journal, away, "away from there");
    }

    @Override
    public void finish(Move move, Journal journal) {
        victims.drainNamed(move, journal);
        progress.onStep(move, Step.AWAIT_HEALTHY);
        waits.replaced(journal, move.serviceId(), waits.deadline());
        progress.onStep(move, Step.VERIFY);
        changes.conclude(move, journal, change -> {}, "as it was, but elsewhere");
    }

    @Override
    public void restore(Move move, Journal journal) {
        victims.release(journal, waits.read());
        changes.conclude(move, journal, change -> {}, "as it was");
    }
}
