package io.evenkeel.rebalancer.trigger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.evenkeel.config.RebalanceConfig;
import io.evenkeel.rebalancer.trigger.Sighting.Condition;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Since when each node is as it is, and how often it failed lately. Nobody announces a recovery: the edge between two sightings is one. It survives a restart
 * as a text, so that a restart neither loses an edge nor invents one.
 *
 * <p><b>Threading.</b> Confined to one thread.
 */
public final class NodeHistory {

    private static final ObjectMapper JSON = JsonMapper.builder().build();

    /** Back-off stops doubling here; the configuration's limit is long since reached. */
    private static final int MAX_DOUBLINGS = 20;

    /** Out of sight for longer than that, a node may have failed and come back: shorter than Swarm takes to call it down. */
    private static final Duration BLINK = Duration.ofSeconds(10);

    private final RebalanceConfig config;
    private Map<String, Past> nodes = new HashMap<>();
    private Instant lastSight = Instant.MAX;

    /** One that has seen nothing yet. */
    public NodeHistory(RebalanceConfig config) {
        this.config = config;
    }

    /**
     * Takes in how all nodes are now. A node that is unknown for the moment has not failed, but must be stable anew; so must all after a time in which nobody
     * could be asked.
     *
     * @return what happened that makes tasks worth looking at, in a few words; empty if nothing did
     */
    public Optional<String> see(List<Sighting> all, Instant now) {
        Map<String, Past> seen = new HashMap<>();
        Optional<String> cause = Optional.empty();
        boolean first = nodes.isEmpty();
        boolean blind = lastSight.isBefore(now.minus(BLINK));
        lastSight = now;
        for (Sighting node : all) {
            Past past = nodes.get(node.id());
            if (past == null) {
                seen.put(node.id(), Past.first(node, now));
                cause = first || !usable(node) ? cause : Optional.of("node " + node.hostname() + " is new");
            } else {
                Past present = past.after(node, now, config.flapWindow(), blind);
                seen.put(node.id(), present);
                cause = !past.usable && present.usable
                        ? Optional.of("node " + node.hostname() + " has recovered")
                        : cause;
            }
        }
        nodes = seen;
        return cause;
    }

    /** Until now somebody else has kept an eye on the nodes. */
    public void watchedUntil(Instant now) {
        lastSight = now;
    }

    /** Why tasks should not be moved now, for the sake of nodes; empty if they may. */
    public Optional<String> objection(List<Sighting> all, Instant now) {
        for (Sighting node : all) {
            if (node.condition() != Condition.WELL) {
                return Optional.of("node " + node.hostname() + " is not well: " + node.said());
            }
        }
        for (Sighting node : all) {
            Past past = nodes.get(node.id());
            Instant from = past == null ? now : past.since.plus(patience(past));
            if (past != null && now.isBefore(from)) {
                return Optional.of("node " + node.hostname() + " has changed "
                        + Duration.between(past.since, now).toSeconds() + " s ago; it must stay as it is for "
                        + patience(past).toSeconds() + " s");
            }
        }
        return Optional.empty();
    }

    /** How long a node must stay well: the longer, the more often it failed lately. */
    private Duration patience(Past past) {
        int doublings = Math.min(MAX_DOUBLINGS, Math.max(0, past.failures.size() - 1));
        Duration longer = config.stableFor().multipliedBy(1L << doublings);
        return longer.compareTo(config.maxBackOff()) < 0 ? longer : config.maxBackOff();
    }

    private static boolean usable(Sighting node) {
        return node.condition() == Condition.WELL && node.active();
    }

    /** What is to survive a restart. */
    public String text() {
        ObjectNode json = JSON.createObjectNode();
        new TreeMap<>(nodes).forEach((id, past) -> {
            ObjectNode node = json.putObject(id).put("usable", past.usable).put("since", past.since.toString());
            ArrayNode failures = node.putArray("failures");
            past.failures.forEach(at -> failures.add(at.toString()));
        });
        return json.toString();
    }

    /** Goes on from what {@link #text} said; what cannot be read is as if there were none. */
    public void restore(String text) {
        Map<String, Past> read = new HashMap<>();
        try {
            for (Map.Entry<String, JsonNode> entry : JSON.readTree(text).properties()) {
                JsonNode node = entry.getValue();
                List<Instant> failures = new ArrayList<>();
                node.path("failures").forEach(at -> failures.add(Instant.parse(at.asText())));
                read.put(
                        entry.getKey(),
                        new Past(
                                node.path("usable").asBoolean(),
                                Instant.parse(node.path("since").asText()),
                                failures));
            }
            nodes = read;
        } catch (JsonProcessingException | DateTimeParseException e) {
            nodes = new HashMap<>();
        }
    }

    /**
     * One node's.
     *
     * @param usable whether it was well and active
     * @param since when it became that, or was last out of sight
     * @param failures when it stopped being usable, lately
     */
    private record Past(boolean usable, Instant since, List<Instant> failures) {

        static Past first(Sighting node, Instant now) {
            return new Past(NodeHistory.usable(node), now, List.of());
        }

        Past after(Sighting node, Instant now, Duration window, boolean blind) {
            List<Instant> lately = new ArrayList<>(failures);
            lately.removeIf(at -> at.plus(window).isBefore(now));
            boolean unknown = node.condition() == Condition.UNKNOWN;
            boolean will = unknown ? usable : NodeHistory.usable(node);
            if (will == usable) {
                return new Past(usable, unknown || blind ? now : since, lately);
            }
            if (!will) {
                lately.add(now);
            }
            return new Past(will, now, lately);
        }
    }
}
