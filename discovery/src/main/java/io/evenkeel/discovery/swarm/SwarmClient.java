package io.evenkeel.discovery.swarm;

import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Asks Swarm; never makes the asking thread wait. What it hands out completes on threads of its own. */
interface SwarmClient extends AutoCloseable {

    /**
     * The cluster as it is now; bounded in time. One question at a time.
     *
     * @param known only tasks are asked for, the rest is taken from here; null: everything is asked for
     * @return fails with an {@link EngineFailure}
     */
    CompletionStage<SwarmPicture> read(@Nullable SwarmPicture known);

    /**
     * Hears of events until the stream ends, which it does now and then; one stream at a time.
     *
     * @return completes when an old stream has ended, fails with an {@link EngineFailure} when there is none
     */
    CompletionStage<Void> follow(EngineEvents events);

    /** Lets go of everything at once. */
    @Override
    void close();
}
