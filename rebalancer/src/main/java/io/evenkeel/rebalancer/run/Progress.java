package io.evenkeel.rebalancer.run;

import io.evenkeel.rebalancer.plan.Move;

/** Hears how far a run is. */
public interface Progress {

    /** The next step of a move begins. */
    void onStep(Move move, Step step);

    /** Swarm took away another task than was expected. */
    void onMisprediction(Move move, String expected, String taken);

    /** Something that took patience, in a few words. */
    void onTrouble(String what);

    /** The steps of a move. */
    enum Step {
        BEGIN,
        START_NEW,
        AWAIT_HEALTHY,
        DRAIN,
        STOP_OLD,
        VERIFY,
        SETTLE,
        RESTORE
    }
}
