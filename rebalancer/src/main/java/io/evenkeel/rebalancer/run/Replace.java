package io.evenkeel.rebalancer.run;

import io.evenkeel.rebalancer.plan.Move;
import io.evenkeel.rebalancer.run.Progress.Step;
import io.evenkeel.rebalancer.swarm.Journal;
import io.evenkeel.rebalancer.swarm.RawService;
import io.evenkeel.rebalancer.swarm.SpecChange;
import java.util.Optional;

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
        steps.write(
                move.serviceId(),
                now -> now.version() == service.version(),
                Steps.ours(journal),
                change -> {
                    journal.constraint().ifPresent(change::constrain);
                    change.force(1).order(Optional.of(START_FIRST)).journal(journal);
                },
                "the only replica anew");
    }

    @Override
    public void finish(Move move, Journal journal) {
        progress.onStep(move, Step.AWAIT_HEALTHY);
        steps.replaced(journal, move.serviceId(), steps.deadline());
        progress.onStep(move, Step.VERIFY);
        conclude(move, journal, 0, "as it was, but elsewhere");
    }

    @Override
    public void restore(Move move, Journal journal) {
        conclude(move, journal, -1, "as it was");
    }

    private void conclude(Move move, Journal journal, int force, String why) {
        steps.write(
                move.serviceId(),
                Steps.ours(journal),
                service -> service.journal().isEmpty(),
                change -> conclude(change, journal, force),
                why);
        steps.settled(journal, move.serviceId(), journal.replicas(), steps.deadline(), false);
    }

    private static void conclude(SpecChange change, Journal journal, int force) {
        journal.constraint().ifPresent(change::release);
        if (force != 0) {
            change.force(force);
        }
        change.order(journal.order()).journal(null);
    }
}
