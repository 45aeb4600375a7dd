package io.evenkeel.lab.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.evenkeel.config.ClientTlsConfig;
import io.evenkeel.config.SwarmConfig;
import io.evenkeel.discovery.swarm.EngineApi;
import io.evenkeel.discovery.swarm.EngineFailure;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The engines of nodes that nothing was done to. A failed node's is not asked: it might not even refuse.
 *
 * <p><b>Threading.</b> Confined to one thread.
 */
public final class Managers implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private final LabFolder folder;
    private final Map<String, EngineApi> engines = new HashMap<>();

    /** Connects to nobody yet. */
    public Managers(LabFolder folder) {
        this.folder = folder;
    }

    /**
     * What the first of them says that knows a leader.
     *
     * @throws EngineFailure if none does, with what the last said
     */
    public JsonNode read(String path) {
        EngineFailure last = null;
        for (String node : folder.sound()) {
            try {
                return of(node, path);
            } catch (EngineFailure e) {
                last = e;
            }
        }
        throw last == null ? new IllegalStateException("every node has failed") : last;
    }

    /**
     * What a node's own engine says.
     *
     * @throws EngineFailure if it does not
     */
    public JsonNode of(String node, String path) {
        return engines.computeIfAbsent(node, this::engine).read(path);
    }

    private EngineApi engine(String node) {
        return new EngineApi(new SwarmConfig(
                List.of("unix:" + folder.socket(node)),
                ClientTlsConfig.defaults(),
                "",
                false,
                Duration.ofSeconds(15),
                TIMEOUT));
    }

    @Override
    public void close() {
        engines.values().forEach(EngineApi::close);
    }
}
