package io.evenkeel.rebalancer.swarm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The specification of a service with the few changes that are ever made: replicas, the journal, what starts its tasks anew, the order of that, and a constraint on
 * one node. What else would differ is never written.
 *
 * <p><b>Threading.</b> Confined to one thread.
 */
public final class SpecChange {

    private final JsonNode before;
    private final ObjectNode after;

    private SpecChange(JsonNode before) {
        this.before = before;
        this.after = before.deepCopy();
    }

    /** Of a service as it is now. */
    public static SpecChange of(RawService service) {
        return new SpecChange(service.spec());
    }

    /** So many tasks; the service is a replicated one. */
    public SpecChange replicas(int replicas) {
        if (!(after.at("/Mode/Replicated") instanceof ObjectNode replicated)) {
            throw new IllegalStateException("not a replicated service");
        }
        replicated.put("Replicas", replicas);
        return this;
    }

    /** What is under way; null: nothing any more. */
    public SpecChange journal(@Nullable Journal journal) {
        ObjectNode labels = child(after, "Labels");
        if (journal == null) {
            labels.remove(Journal.LABEL);
        } else {
            labels.put(Journal.LABEL, journal.text());
        }
        return this;
    }

    /** All tasks are started anew, or, with -1, as they were before that. */
    public SpecChange force(int by) {
        ObjectNode task = child(after, "TaskTemplate");
        task.put("ForceUpdate", task.path("ForceUpdate").asLong(0) + by);
        return this;
    }

    /** The order of starting and stopping; empty: what Swarm does by itself. */
    public SpecChange order(Optional<String> order) {
        if (order.isPresent()) {
            child(after, "UpdateConfig").put("Order", order.get());
        } else if (after.path("UpdateConfig") instanceof ObjectNode update) {
            update.remove("Order");
        }
        return this;
    }

    /** One more constraint, of those on a node's id. */
    public SpecChange constrain(String constraint) {
        ObjectNode placement = child(child(after, "TaskTemplate"), "Placement");
        if (!(placement.path("Constraints") instanceof ArrayNode)) {
            placement.putArray("Constraints");
        }
        ((ArrayNode) placement.path("Constraints")).add(constraint);
        return this;
    }

    /** That constraint no more. */
    public SpecChange release(String constraint) {
        if (after.at("/TaskTemplate/Placement/Constraints") instanceof ArrayNode constraints) {
            for (int i = constraints.size() - 1; i >= 0; i--) {
                if (constraints.get(i).asText().equals(constraint)) {
                    constraints.remove(i);
                }
            }
        }
        return this;
    }

    /**
     * What is written.
     *
     * @throws IllegalStateException if it would differ from what was read in anything else
     */
    JsonNode spec() {
        if (!SpecDifference.without(before).equals(SpecDifference.without(after))) {
            throw new IllegalStateException("the change would touch what it may not");
        }
        return after;
    }

    private static ObjectNode child(ObjectNode parent, String name) {
        return parent.path(name) instanceof ObjectNode child ? child : parent.putObject(name);
    }
}
