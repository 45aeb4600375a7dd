package io.evenkeel.discovery.swarm;

import com.fasterxml.jackson.databind.JsonNode;
import io.evenkeel.config.SwarmConfig;

/**
 * The Engine API of a Swarm manager, as the JSON it speaks.
 *
 * <p><b>Threading.</b> One thread asks and waits, for the configured time-out at most; {@link #close} may come from any other and ends that.
 */
public final class EngineApi implements AutoCloseable {

    private final Engines engines;

    /** Connects to nobody yet. */
    public EngineApi(SwarmConfig config) {
        this.engines = new Engines(config);
    }

    /**
     * What the first engine says that answers.
     *
     * @param path without the version, such as {@code /services}
     * @throws EngineFailure with what each of them said, when none answers
     */
    public JsonNode read(String path) {
        return engines.ask(engine -> engine.get(path, answer -> answer));
    }

    /**
     * Asks for a change, one engine and once: whoever asked decides what a failure means, after a look at what became of it.
     *
     * @return what the engine answers
     * @throws EngineFailure when it refuses, and when nobody knows whether it did what was asked
     */
    public JsonNode write(String path, JsonNode body) {
        return engines.askOnce(engine -> engine.post(path, body));
    }

    @Override
    public void close() {
        engines.close();
    }
}
