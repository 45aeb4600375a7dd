package io.evenkeel.discovery.swarm;

import io.evenkeel.config.SwarmConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The engines of a configuration, asked one at a time: the first that answers, until it fails.
 *
 * <p><b>Threading.</b> One thread asks and waits; {@link #close} may come from any other and ends that.
 */
final class Engines implements AutoCloseable {

    private final SwarmConfig config;
    private int chosen;

    /** The connection in use; the asking thread writes, closing reads. */
    private volatile @Nullable EngineConnection current;

    /** Set by closing, read by the asking thread before it connects anew. */
    private volatile boolean closed;

    Engines(SwarmConfig config) {
        this.config = config;
    }

    /**
     * Asks the engine in use; when that fails the others, each once.
     *
     * @throws EngineFailure with what each of them said, when none answers
     */
    <T> T ask(Function<EngineConnection, T> question) {
        List<String> reasons = new ArrayList<>();
        for (int i = 0; i < config.engines().size() && !closed; i++) {
            try {
                return askOnce(question);
            } catch (EngineFailure e) {
                reasons.add(e.reason());
            }
        }
        throw new EngineFailure(String.join("; ", reasons));
    }

    /**
     * Asks the engine in use, and no other.
     *
     * @throws EngineFailure when it does not answer; the next question goes to the next engine
     */
    <T> T askOnce(Function<EngineConnection, T> question) {
        try {
            return question.apply(connection());
        } catch (EngineFailure e) {
            drop();
            chosen = (chosen + 1) % config.engines().size();
            throw e;
        }
    }

    private EngineConnection connection() {
        EngineConnection known = current;
        if (known != null && !known.closed()) {
            return known;
        }
        EngineConnection opened = EngineConnection.open(config.engines().get(chosen), config);
        current = opened;
        if (closed) {
            opened.close();
        }
        return opened;
    }

    private void drop() {
        EngineConnection failed = current;
        current = null;
        if (failed != null) {
            failed.close();
        }
    }

    @Override
    public void close() {
        closed = true;
        drop();
    }
}
