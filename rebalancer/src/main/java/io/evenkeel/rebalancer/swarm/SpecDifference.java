package io.evenkeel.rebalancer.swarm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.regex.Pattern;

/** What of a specification no change may touch. */
final class SpecDifference {

    private static final Pattern OURS = Pattern.compile("node\\.id(==|!=)[a-z0-9]+");

    private SpecDifference() {}

    /** A specification less the fields that may change, and less objects that are empty without them. */
    static JsonNode without(JsonNode spec) {
        ObjectNode rest = spec.deepCopy();
        remove(rest.at("/Mode/Replicated"), "Replicas");
        remove(rest.path("Labels"), Journal.LABEL);
        remove(rest.path("TaskTemplate"), "ForceUpdate");
        remove(rest.path("UpdateConfig"), "Order");
        JsonNode placement = rest.at("/TaskTemplate/Placement");
        removeOurs(placement.path("Constraints"));
        removeEmpty(placement, "Constraints");
        removeEmpty(rest.path("TaskTemplate"), "Placement");
        removeEmpty(rest, "UpdateConfig");
        removeEmpty(rest, "Labels");
        return rest;
    }

    private static void remove(JsonNode object, String field) {
        if (object instanceof ObjectNode fields) {
            fields.remove(field);
        }
    }

    private static void removeOurs(JsonNode constraints) {
        if (constraints instanceof ArrayNode list) {
            for (int i = list.size() - 1; i >= 0; i--) {
                if (OURS.matcher(list.get(i).asText()).matches()) {
                    list.remove(i);
                }
            }
        }
    }

    /** Null, absent and empty mean the same to Swarm. */
    private static void removeEmpty(JsonNode parent, String field) {
        JsonNode value = parent.path(field);
        if (value.isNull() || (value.isContainerNode() && value.isEmpty())) {
            remove(parent, field);
        }
    }
}
