package io.evenkeel.rebalancer.swarm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.evenkeel.rebalancer.plan.Move;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;

/**
 * A move that is under way, as it stands on the service it concerns: written in the same update as the change itself, so that neither is there without the
 * other, whoever dies in between. A deploy of the stack takes it away, which ends the move. Immutable.
 *
 * @param run which run made it
 * @param method how the task is moved
 * @param replicas how many tasks the service had, and is to have again
 * @param from the node that a task leaves
 * @param to the node that gets one
 * @param taskId the task that Swarm is expected to take away
 * @param order the order of updates that the service had, to be restored; empty where it said none
 * @param constraint what was added to its constraints meanwhile
 * @param deadline by when its first step was to be over; for people, whoever goes on with it waits anew
 */
public record Journal(
        String run,
        Move.Method method,
        int replicas,
        String from,
        String to,
        String taskId,
        Optional<String> order,
        Optional<String> constraint,
        Instant deadline) {

    /** The label that holds it. */
    public static final String LABEL = "evenkeel.rebalance.journal";

    private static final ObjectMapper JSON = JsonMapper.builder().build();

    /** Expecting another task to be taken away. */
    public Journal expecting(String other) {
        return new Journal(run, method, replicas, from, to, other, order, constraint, deadline);
    }

    /** With a constraint in place of the one it has. */
    public Journal constrained(String other) {
        return new Journal(run, method, replicas, from, to, taskId, order, Optional.of(other), deadline);
    }

    /** As it stands on the label. */
    public String text() {
        ObjectNode json = JSON.createObjectNode()
                .put("run", run)
                .put("method", method.name().toLowerCase(Locale.ROOT))
                .put("replicas", replicas)
                .put("from", from)
                .put("to", to)
                .put("task", taskId)
                .put("deadline", deadline.toString());
        order.ifPresent(text -> json.put("order", text));
        constraint.ifPresent(text -> json.put("constraint", text));
        return json.toString();
    }

    /**
     * Reads a label.
     *
     * @throws IllegalArgumentException if somebody else wrote it
     */
    static Journal parse(String text) {
        try {
            JsonNode json = JSON.readTree(text);
            if (!json.path("replicas").canConvertToInt()
                    || json.path("replicas").asInt() < 1) {
                throw new IllegalArgumentException("replicas");
            }
            return new Journal(
                    json.path("run").asText(),
                    Move.Method.valueOf(json.path("method").asText().toUpperCase(Locale.ROOT)),
                    json.path("replicas").asInt(),
                    json.path("from").asText(),
                    json.path("to").asText(),
                    json.path("task").asText(),
                    optional(json.path("order")),
                    optional(json.path("constraint")),
                    Instant.parse(json.path("deadline").asText()));
        } catch (JsonProcessingException | DateTimeParseException | IllegalArgumentException e) {
            throw new IllegalArgumentException("the label " + LABEL + " is none of ours: " + text);
        }
    }

    private static Optional<String> optional(JsonNode text) {
        return text.isTextual() ? Optional.of(text.asText()) : Optional.empty();
    }
}
