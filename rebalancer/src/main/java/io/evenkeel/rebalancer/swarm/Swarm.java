package io.evenkeel.rebalancer.swarm;

import com.fasterxml.jackson.databind.JsonNode;
import io.evenkeel.config.RebalanceConfig;
import io.evenkeel.discovery.swarm.EngineApi;
import io.evenkeel.discovery.swarm.EngineFailure;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/**
 * The cluster by way of the Engine API.
 *
 * <p><b>Threading.</b> One thread asks and waits; {@link #close} may come from any other.
 */
public final class Swarm implements AutoCloseable {

    private static final String TASKS = tasks("desired-state", "running");

    private static final Set<String> ENDED = Set.of("complete", "shutdown", "failed", "rejected", "remove", "orphaned");

    private static final String STALE = "out of sequence";

    private final EngineApi engine;
    private final ClusterReader reader;
    private final Writes writes;

    /** The id of the service that this process belongs to; empty as long as that is not known. */
    private String own = "";

    /** @param writes hears of each change, before and after it is asked for */
    public Swarm(EngineApi engine, RebalanceConfig.Swap swap, Writes writes) {
        this.engine = engine;
        this.reader = new ClusterReader(swap, System.getenv().getOrDefault("HOSTNAME", ""));
        this.writes = writes;
    }

    private static String tasks(String by, String value) {
        String filters = "{\"" + by + "\":[\"" + value + "\"]}";
        return "/tasks?filters=" + URLEncoder.encode(filters, StandardCharsets.UTF_8);
    }

    /**
     * Everything that Swarm says now.
     *
     * @throws EngineFailure when no manager answers
     */
    public SwarmReading read() {
        return reader.read(engine.read("/nodes"), engine.read("/services"), engine.read(TASKS));
    }

    /** The nodes alone. */
    public List<NodeFacts> nodes() {
        return ClusterReader.nodes(engine.read("/nodes"));
    }

    /**
     * Whether Swarm has seen the end of another container of the service that this process belongs to. What it does not know may run.
     *
     * @param host its host name, the beginning of its id
     */
    public boolean containerEnded(String host) {
        if (own.isEmpty() && reader.contained()) {
            own = reader.own(engine.read(TASKS));
        }
        return !own.isEmpty() && ClusterReader.ended(engine.read(tasks("service", own)), host);
    }

    /** One service as it is now. */
    public RawService service(String id) {
        return new RawService(engine.read("/services/" + id));
    }

    /** Whether a task runs no more, whatever Swarm wants. */
    public boolean ended(String taskId) {
        try {
            return ENDED.contains(
                    engine.read("/tasks/" + taskId).at("/Status/State").asText());
        } catch (EngineFailure e) {
            if (e.reason().contains("not found")) {
                return true;
            }
            throw e;
        }
    }

    /**
     * Asks for a change of a service, if nobody else has changed it since it was read.
     *
     * @param why in a few words, for the audit log
     * @throws StaleService when somebody has
     * @throws EngineFailure when it was refused, or when nobody knows whether it was made
     */
    public void write(RawService service, SpecChange change, String why) {
        JsonNode spec = change.spec();
        writes.onWrite(service, spec, why);
        try {
            engine.write("/services/" + service.id() + "/update?version=" + service.version(), spec);
            writes.onWritten(service, why, "done");
        } catch (EngineFailure e) {
            writes.onWritten(service, why, e.reason());
            if (e.reason().contains(STALE)) {
                throw new StaleService(service.name());
            }
            throw e;
        }
    }

    @Override
    public void close() {
        engine.close();
    }

    /** Hears of changes. */
    public interface Writes {

        /** A change is about to be asked for. */
        void onWrite(RawService service, JsonNode spec, String why);

        /** It was; {@code outcome} is {@code done}, or what went wrong. */
        void onWritten(RawService service, String why, String outcome);
    }
}
