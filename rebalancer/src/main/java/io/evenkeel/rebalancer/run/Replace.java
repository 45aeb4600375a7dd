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
final class Replace implements Mover {

    /** The order of an update in which the new task runs before the old one goes. */
    static final String START_FIRST = "start-first";

    private final Steps steps;
    private final Progress progress;

    Replace(Steps steps, Progress progress) {
        this.steps = steps;
        this.progress = progress;
    }

    @Override
    public Journal plan(Move move, RawService service) {
        Journal journal = Journals.of(move, service, steps.deadline());
        return move.pinned() ? journal.constrained("node.id==" + move.to()) : journal;
    }

    @Override
    public void begin(Move move, Journal journal, RawService service) {
        progress.onStep(move, Step.START_NEW);
        Consumer<SpecChange> anew = change -> {
            journal.constraint().ifPresent(change::constrain);
            change.force(1).order(Optional.of(START_FIRST));
        };
        steps.begin(service, journal, anew, "the only replica anew");
    }

    @Override
    public void finish(Move move, Journal journal) {
        progress.onStep(move, Step.AWAIT_HEALTHY);
        steps.replaced(journal, move.serviceId(), steps.deadline());
        progress.onStep(move, Step.VERIFY);
        steps.conclude(move, journal, change -> {}, "as it was, but elsewhere");
    }

    @Override
    public void restore(Move move, Journal journal) {
        steps.conclude(move, journal, change -> change.force(-1), "as it was");
    }
}
