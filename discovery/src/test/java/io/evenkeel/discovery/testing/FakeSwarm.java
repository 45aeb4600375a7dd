package io.evenkeel.discovery.testing;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** The cluster that a {@link FakeEngine} tells of: nodes, services and tasks as the Engine API 1.41 has them. Not thread-safe. */
public final class FakeSwarm {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, ObjectNode> nodes = new LinkedHashMap<>();
    private final Map<String, ObjectNode> services = new LinkedHashMap<>();
    private final Map<String, ObjectNode> tasks = new LinkedHashMap<>();

    /** A manager of this host name, id {@code id-NAME}, at an address; ready and active. */
    public FakeSwarm node(String name, String address) {
        ObjectNode node = JSON.createObjectNode().put("ID", "id-" + name);
        node.putObject("Version").put("Index", 10);
        node.putObject("Spec")
                .put("Role", "manager")
                .put("Availability", "active")
                .putObject("Labels");
        node.putObject("Description").put("Hostname", name);
        node.putObject("Status").put("State", "ready").put("Addr", address);
        nodes.put(name, node);
        return this;
    }

    public FakeSwarm nodeIs(String name, String state, String availability) {
        ObjectNode node = known(nodes, name);
        ((ObjectNode) node.path("Status")).put("State", state);
        ((ObjectNode) node.path("Spec")).put("Availability", availability);
        return this;
    }

    /** A replicated service, id {@code id-NAME}; labels are keys and values in turn. */
    public FakeSwarm service(String name, int replicas, String... labels) {
        ObjectNode service = JSON.createObjectNode().put("ID", "id-" + name);
        service.putObject("Version").put("Index", 20);
        ObjectNode spec = service.putObject("Spec").put("Name", name);
        ObjectNode its = spec.putObject("Labels");
        for (int i = 0; i < labels.length; i += 2) {
            its.put(labels[i], labels[i + 1]);
        }
        spec.putObject("Mode").putObject("Replicated").put("Replicas", replicas);
        spec.putObject("EndpointSpec").put("Mode", "dnsrr");
        services.put(name, service);
        return this;
    }

    public FakeSwarm without(String service) {
        services.remove(service);
        tasks.values().removeIf(task -> task.path("ServiceID").asText().equals("id-" + service));
        return this;
    }

    public FakeSwarm update(String service, String state) {
        known(services, service).putObject("UpdateStatus").put("State", state);
        return this;
    }

    /** A running task of a service on a node; networks are names and addresses, such as {@code front=10.0.1.2}. */
    public FakeSwarm task(String id, String service, String node, String... networks) {
        ObjectNode task = JSON.createObjectNode().put("ID", id).put("ServiceID", "id-" + service);
        task.put("Slot", 1).put("NodeID", "id-" + node).put("DesiredState", "running");
        task.putObject("Status").put("State", "running").putObject("PortStatus");
        ArrayNode attachments = task.putArray("NetworksAttachments");
        for (String network : networks) {
            String[] parts = network.split("=", 2);
            ObjectNode attachment = attachments.addObject();
            ObjectNode spec = attachment.putObject("Network").putObject("Spec").put("Name", parts[0]);
            if (parts[0].equals("ingress")) {
                spec.put("Ingress", true);
            }
            if (parts.length > 1) {
                attachment.putArray("Addresses").add(parts[1] + "/24");
            }
        }
        tasks.put(id, task);
        return this;
    }

    public FakeSwarm taskIs(String id, String desired, String state) {
        ObjectNode task = known(tasks, id);
        task.put("DesiredState", desired);
        ((ObjectNode) task.path("Status")).put("State", state);
        return this;
    }

    /** A port in host mode, listed once for each address family as engines do. */
    public FakeSwarm publishes(String id, int target, int published) {
        ArrayNode ports = ((ObjectNode) known(tasks, id).at("/Status/PortStatus")).putArray("Ports");
        for (int family = 0; family < 2; family++) {
            ports.addObject()
                    .put("Protocol", "tcp")
                    .put("TargetPort", target)
                    .put("PublishedPort", published)
                    .put("PublishMode", "host");
        }
        return this;
    }

    public FakeSwarm withoutTask(String id) {
        tasks.remove(id);
        return this;
    }

    public String nodes() {
        return list(nodes);
    }

    public String services() {
        return list(services);
    }

    public String tasks() {
        return list(tasks);
    }

    private static ObjectNode known(Map<String, ObjectNode> all, String name) {
        return Objects.requireNonNull(all.get(name), name);
    }

    private static String list(Map<String, ObjectNode> all) {
        return JSON.createArrayNode().addAll(all.values()).toString();
    }
}
