package io.evenkeel.rebalancer.run;

import io.evenkeel.rebalancer.plan.Move;
import io.evenkeel.rebalancer.run.Progress.Step;
import io.evenkeel.rebalancer.swarm.Journal;
import io.evenkeel.rebalancer.swarm.RawService;
import io.evenkeel.rebalancer.swarm.SpecChange;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The only replica is started anew, the new task first; where Swarm would choose another node, held to the right one by a constraint for as long as that takes.
 * Stateless.
 */
record Replace(Waits waits, Changes changes, Progress progress) implements Mover {

    /** The order of an update in which the new task runs before the old one goes. */
    static final String START_FIRST = "start-first";

    @Override
    public Journal plan(Move move, RawService service) {
        Journal journal = Journals.of(move, service, waits.deadline());
        return move.pinned() ? journal.constrained("node.id==" + move.to()) : journal;
    }

    @Override
    public void begin(Move move, Journal journal, RawService service) {
        progress.onStep(move, Step.START_NEW);
        Consumer<SpecChange> anew = change -> {
            journal.constraint().ifPresent(change::constrain);
            change.force(1).order(Optional.of(START_FIRST));
        };
        changes.begin(service, journal, anew, "the only replica anew");
    }

    @Override
    public void finish(Move move, Journal journal) {
        progress.onStep(move, Step.AWAIT_HEALTHY);
        waits.replaced(journal, move.serviceId(), waits.deadline());
        progress.onStep(move, Step.VERIFY);
        changes.conclude(move, journal, change -> {}, "as it was, but elsewhere");
    }

    @Override
    public void restore(Move move, Journal journal) {
        changes.conclude(move, journal, change -> change.force(-1), "as it was");
    }
}
