package io.evenkeel.rebalancer.swarm;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * A service as the engine sent it, every field of it, because what is not written back is lost. Not to be changed.
 *
 * @param json the whole service
 */
public record RawService(JsonNode json) {

    public String id() {
        return json.path("ID").asText();
    }

    public String name() {
        return json.at("/Spec/Name").asText();
    }

    /** The fence: Swarm takes a change of this version only. */
    public long version() {
        return json.at("/Version/Index").asLong();
    }

    public JsonNode spec() {
        return json.path("Spec");
    }

    /** How many tasks it should have; 0 unless it is replicated. */
    public int replicas() {
        return spec().at("/Mode/Replicated/Replicas").asInt(0);
    }

    /** The value of a label. */
    public Optional<String> label(String name) {
        JsonNode value = spec().path("Labels").path(name);
        return value.isMissingNode() ? Optional.empty() : Optional.of(value.asText());
    }

    /** How far a replacement of its tasks is, in Swarm's words such as {@code updating}; empty when there was none. */
    public String updateState() {
        return json.at("/UpdateStatus/State").asText("");
    }

    /** What is being done to it by a rebalancer, if anything. */
    public Optional<Journal> journal() {
        return label(Journal.LABEL).map(Journal::parse);
    }

    /** Without the specification, which holds the environment of its containers. */
    @Override
    public String toString() {
        return "service " + name() + " at version " + version();
    }
}
