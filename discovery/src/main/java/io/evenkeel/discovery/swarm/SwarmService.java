package io.evenkeel.discovery.swarm;

import com.fasterxml.jackson.databind.JsonNode;
import io.evenkeel.config.ServiceLabels;
import java.util.OptionalInt;

/**
 * A service of the cluster. Immutable.
 *
 * @param labels what its labels say to us
 * @param replicas how many tasks it should have; empty for a service with one per node, and for jobs
 * @param updating whether its tasks are being replaced
 * @param raw the whole of it as the engine sent it; not to be changed
 */
public record SwarmService(
        String id, String name, ServiceLabels labels, OptionalInt replicas, boolean updating, JsonNode raw) {

    /** Without {@link #raw}, which holds the environment of its containers. */
    @Override
    public String toString() {
        return "service " + name;
    }
}
