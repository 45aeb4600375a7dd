package io.evenkeel.discovery.swarm;

import com.fasterxml.jackson.databind.JsonNode;
import io.evenkeel.config.ServiceLabels;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Makes the parts of a picture out of the Engine API's lists. What is not as the API promises makes the whole answer doubtful. */
final class PictureReader {

    /** States of a rollout that is under way. */
    private static final Set<String> UPDATING = Set.of("updating", "rollback_started");

    private PictureReader() {}

    static Map<String, SwarmNode> nodes(JsonNode list) {
        return each("nodes", list, PictureReader::node).stream().collect(Collectors.toMap(SwarmNode::id, node -> node));
    }

    static List<SwarmService> services(JsonNode list) {
        List<SwarmService> services = new ArrayList<>(each("services", list, PictureReader::service));
        services.sort(Comparator.comparing(SwarmService::name));
        return services;
    }

    static Map<String, List<SwarmTask>> tasks(JsonNode list) {
        List<SwarmTask> tasks = new ArrayList<>(each("tasks", list, TaskReader::task));
        tasks.sort(Comparator.comparing(SwarmTask::id));
        return tasks.stream()
                .collect(Collectors.groupingBy(SwarmTask::serviceId, TreeMap::new, Collectors.toUnmodifiableList()));
    }

    private static <T> List<T> each(String what, JsonNode list, Function<JsonNode, T> read) {
        if (!list.isArray()) {
            throw new EngineFailure("the list of " + what + " is none");
        }
        List<T> all = new ArrayList<>();
        for (JsonNode one : list) {
            all.add(read.apply(one));
        }
        return all;
    }

    private static SwarmNode node(JsonNode json) {
        String manager = text(json, "/ManagerStatus/Addr").replaceFirst(":\\d+$", "");
        String address = text(json, "/Status/Addr");
        return new SwarmNode(
                required(json, "/ID"),
                required(json, "/Description/Hostname"),
                constant(json, "/Status/State", SwarmNode.State.class, SwarmNode.State.UNKNOWN),
                constant(json, "/Spec/Availability", SwarmNode.Availability.class, SwarmNode.Availability.ACTIVE),
                address.isEmpty() || address.equals("0.0.0.0") ? manager : address,
                text(json, "/Status/Message"),
                labels(json.at("/Spec/Labels")));
    }

    private static SwarmService service(JsonNode json) {
        String name = required(json, "/Spec/Name");
        JsonNode replicas = json.at("/Spec/Mode/Replicated/Replicas");
        return new SwarmService(
                required(json, "/ID"),
                name,
                ServiceLabels.read(name, labels(json.at("/Spec/Labels"))),
                replicas.isInt() ? OptionalInt.of(replicas.asInt()) : OptionalInt.empty(),
                UPDATING.contains(text(json, "/UpdateStatus/State")),
                json);
    }

    private static <E extends Enum<E>> E constant(JsonNode json, String pointer, Class<E> type, E otherwise) {
        String text = text(json, pointer).toUpperCase(Locale.ROOT);
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(text)) {
                return constant;
            }
        }
        return otherwise;
    }

    private static Map<String, String> labels(JsonNode json) {
        Map<String, String> labels = new HashMap<>();
        json.properties()
                .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
        return labels;
    }

    static String required(JsonNode json, String pointer) {
        String text = text(json, pointer);
        if (text.isEmpty()) {
            throw new EngineFailure("something without " + pointer + " in the answer");
        }
        return text;
    }

    static String text(JsonNode json, String pointer) {
        return json.at(pointer).asText("");
    }
}
