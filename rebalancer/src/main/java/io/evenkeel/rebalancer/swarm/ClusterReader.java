package io.evenkeel.rebalancer.swarm;

import com.fasterxml.jackson.databind.JsonNode;
import io.evenkeel.config.RebalanceConfig;
import io.evenkeel.rebalancer.plan.Cluster;
import io.evenkeel.rebalancer.plan.Node;
import io.evenkeel.rebalancer.plan.Platform;
import io.evenkeel.rebalancer.plan.Resources;
import io.evenkeel.rebalancer.plan.Task;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Makes a reading out of the Engine API's lists. Stateless. */
final class ClusterReader {

    /** A container's host name, unless somebody gave it another: the beginning of its id. */
    private static final Pattern CONTAINER = Pattern.compile("[0-9a-f]{12,64}");

    /** States that an engine reports once it has seen the end of a task's process; a lost node's tasks get into none of them. */
    private static final Set<String> ENDED = Set.of("complete", "shutdown", "failed");

    private final ServiceReader services;

    private final String host;

    /**
     * @param swap how services without a label are moved
     * @param host the name of the host this runs on: in a container the beginning of the container's id
     */
    ClusterReader(RebalanceConfig.Swap swap, String host) {
        this.services = new ServiceReader(swap);
        this.host = host;
    }

    SwarmReading read(JsonNode nodes, JsonNode services, JsonNode tasks) {
        List<TaskFacts> taskFacts = new ArrayList<>();
        List<Task> planned = new ArrayList<>();
        tasks.forEach(json -> {
            TaskFacts task = task(json);
            taskFacts.add(task);
            planned.add(new Task(
                    task.id(),
                    task.serviceId(),
                    task.nodeId(),
                    json.path("Slot").asInt(0),
                    task.running()));
        });
        String own = own(tasks);
        Map<String, RawService> raw = new HashMap<>();
        services.forEach(json -> raw.put(json.path("ID").asText(), new RawService(json)));
        Cluster cluster = new Cluster(
                each(nodes).stream().map(ClusterReader::node).toList(),
                raw.values().stream()
                        .map(service -> this.services.service(service, running(service, taskFacts), own))
                        .sorted((one, other) -> one.name().compareTo(other.name()))
                        .toList(),
                planned);
        List<String> restless = raw.values().stream()
                .filter(service -> ServiceReader.busy(service, running(service, taskFacts)) != null)
                .map(RawService::name)
                .sorted()
                .toList();
        return new SwarmReading(cluster, nodes(nodes), raw, taskFacts, restless);
    }

    /** The service whose container this is; empty outside of one. */
    String own(JsonNode tasks) {
        return of(tasks, host).map(task -> task.path("ServiceID").asText()).orElse("");
    }

    /** Whether the container of that host name has ended; of one that is not among the tasks nobody knows. */
    static boolean ended(JsonNode tasks, String host) {
        return of(tasks, host)
                .filter(task -> ENDED.contains(task.at("/Status/State").asText()))
                .isPresent();
    }

    /** Whether this runs in a container, as far as the host name tells. */
    boolean contained() {
        return isContainer(host);
    }

    private static boolean isContainer(String host) {
        return CONTAINER.matcher(host).matches();
    }

    private static Optional<JsonNode> of(JsonNode tasks, String host) {
        return !isContainer(host)
                ? Optional.empty()
                : each(tasks).stream()
                        .filter(task -> task.at("/Status/ContainerStatus/ContainerID")
                                .asText("")
                                .startsWith(host))
                        .findFirst();
    }

    /** Of managers without a leader any may answer, with what it knew last: then nobody knows how the nodes are. */
    static List<NodeFacts> nodes(JsonNode list) {
        boolean led = each(list).stream()
                .anyMatch(node -> node.at("/ManagerStatus/Leader").asBoolean());
        return each(list).stream()
                .map(ClusterReader::facts)
                .map(node -> led ? node : node.leaderless())
                .toList();
    }

    private static int running(RawService service, List<TaskFacts> tasks) {
        return (int) tasks.stream()
                .filter(task -> task.serviceId().equals(service.id()) && task.running())
                .count();
    }

    private static List<JsonNode> each(JsonNode list) {
        List<JsonNode> all = new ArrayList<>();
        list.forEach(all::add);
        return all;
    }

    private static Node node(JsonNode json) {
        NodeFacts facts = facts(json);
        JsonNode described = json.path("Description");
        return new Node(
                facts.id(),
                facts.hostname(),
                facts.ready() && facts.active(),
                json.at("/Spec/Role").asText().equals("manager"),
                labels(json.at("/Spec/Labels")),
                labels(described.at("/Engine/Labels")),
                platform(described.path("Platform")),
                resources(described.path("Resources")));
    }

    private static NodeFacts facts(JsonNode json) {
        String state = json.at("/Status/State").asText();
        String message = json.at("/Status/Message").asText("");
        String reachability = json.at("/ManagerStatus/Reachability").asText("");
        String said = message.isEmpty() ? state : state + ": " + message;
        return new NodeFacts(
                json.path("ID").asText(),
                json.at("/Description/Hostname").asText(),
                json.at("/Status/Addr").asText(""),
                state.equals("ready"),
                json.at("/Spec/Availability").asText().equals("active"),
                !reachability.equals("unreachable"),
                reachability.equals("unreachable") ? said + ", unreachable for the other managers" : said);
    }

    private static TaskFacts task(JsonNode json) {
        Set<String> addresses = new HashSet<>();
        json.path("NetworksAttachments").forEach(network -> network.path("Addresses")
                .forEach(address -> addresses.add(address.asText().replaceFirst("/.*", ""))));
        return new TaskFacts(
                json.path("ID").asText(),
                json.path("ServiceID").asText(),
                json.path("NodeID").asText(""),
                json.at("/Status/State").asText(),
                json.at("/Status/Err").asText(json.at("/Status/Message").asText("")),
                addresses);
    }

    static Platform platform(JsonNode json) {
        return new Platform(
                json.path("OS").asText(""), json.path("Architecture").asText(""));
    }

    static Resources resources(JsonNode json) {
        return new Resources(
                json.path("NanoCPUs").asLong(0), json.path("MemoryBytes").asLong(0));
    }

    private static Map<String, String> labels(JsonNode json) {
        Map<String, String> labels = new HashMap<>();
        json.properties()
                .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
        return labels;
    }
}
