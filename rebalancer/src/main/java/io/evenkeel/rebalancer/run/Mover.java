package io.evenkeel.rebalancer.run;

import io.evenkeel.rebalancer.plan.Move;
import io.evenkeel.rebalancer.swarm.Journal;
import io.evenkeel.rebalancer.swarm.RawService;

/**
 * A way of moving a task. What it changes first carries the journal, so that {@link #finish} or {@link #restore} can be called by whoever finds that, any
 * number of times, wherever the one before stopped.
 */
interface Mover {

    /** The journal of a move that has not begun. */
    Journal plan(Move move, RawService service);

    /** Makes the first change, if nobody has touched the service since it was planned with. */
    void begin(Move move, Journal journal, RawService service);

    /** Goes on from the first change to the end. */
    void finish(Move move, Journal journal);

    /** Puts back what was changed, without ever having less tasks than there were. */
    void restore(Move move, Journal journal);
}
