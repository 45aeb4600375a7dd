package io.evenkeel.lab.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.evenkeel.lab.record.Snapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes a snapshot of what the Engine API says. Stateless. */
public final class EngineJson {

    /** Tasks that are to run, as a path. */
    static final String TASKS = "/tasks?filters=%7B%22desired-state%22%3A%5B%22running%22%5D%7D";

    /** The stack's, before the names of its services. */
    private static final String PREFIX = "evenkeel_";

    /** The rebalancer's journal is a label of the service. */
    private static final String JOURNAL = "evenkeel.rebalance.journal";

    private EngineJson() {}

    /** Of the answers to {@code /nodes}, {@code /services} and {@code /tasks}. */
    public static Snapshot snapshot(long at, JsonNode nodes, JsonNode services, JsonNode tasks) {
        Map<String, String> hosts = new HashMap<>();
        Map<String, Snapshot.Node> byName = new HashMap<>();
        for (JsonNode node : nodes) {
            String name = node.at("/Description/Hostname").asText();
            hosts.put(node.path("ID").asText(), name);
            byName.merge(name, node(node), (one, other) -> one.state().equals("ready") ? one : other);
        }
        Map<String, String> names = new HashMap<>();
        Map<String, Snapshot.Service> known = new HashMap<>();
        for (JsonNode service : services) {
            String name = name(service.at("/Spec/Name").asText());
            names.put(service.path("ID").asText(), name);
            known.put(name, service(service));
        }
        List<Snapshot.Task> all = new ArrayList<>();
        for (JsonNode task : tasks) {
            String service = names.get(task.path("ServiceID").asText());
            if (service != null) {
                all.add(task(
                        task, service, hosts.getOrDefault(task.path("NodeID").asText(), "")));
            }
        }
        return new Snapshot(at, all, byName, known);
    }

    private static String name(String name) {
        return name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : name;
    }

    private static Snapshot.Node node(JsonNode node) {
        return new Snapshot.Node(
                node.at("/Status/State").asText(),
                node.at("/Spec/Availability").asText(),
                node.at("/ManagerStatus/Leader").asBoolean());
    }

    private static Snapshot.Service service(JsonNode service) {
        List<String> constraints = new ArrayList<>();
        service.at("/Spec/TaskTemplate/Placement/Constraints").forEach(text -> constraints.add(text.asText()));
        return new Snapshot.Service(
                service.at("/Version/Index").asLong(),
                service.at("/Spec/Mode/Replicated/Replicas").asInt(),
                service.at("/Spec/Labels").has(JOURNAL),
                constraints);
    }

    private static Snapshot.Task task(JsonNode task, String service, String node) {
        return new Snapshot.Task(
                task.path("ID").asText(),
                service,
                node,
                task.at("/Status/State").asText(),
                task.at("/Status/ContainerStatus/ContainerID").asText(),
                task.at("/Status/ContainerStatus/PID").asLong());
    }
}
