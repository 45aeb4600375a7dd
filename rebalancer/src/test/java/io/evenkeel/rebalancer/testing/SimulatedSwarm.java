package io.evenkeel.rebalancer.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.evenkeel.config.SwarmConfig;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The part of the Engine API that the rebalancer uses, over a cluster that behaves as Swarm's published rules say. Time passes by {@link #tick}.
 *
 * <p><b>Threading.</b> Callable from any thread.
 */
public final class SimulatedSwarm implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final SimulatedEngine engine;
    private final Map<String, ObjectNode> nodes = new TreeMap<>();
    private final Map<String, ObjectNode> services = new TreeMap<>();
    private final SimulatedTasks tasks;
    private long version = 10;
    private Runnable beforeWrite = () -> {};

    /** An empty cluster of these nodes. */
    public SimulatedSwarm(long seed, String... nodeIds) throws IOException {
        tasks = new SimulatedTasks(nodes, services, new Random(seed));
        for (String id : nodeIds) {
            addNode(id);
        }
        engine = new SimulatedEngine(this::answer);
    }

    /** Where it listens. */
    public SwarmConfig config() {
        return engine.config();
    }

    /** One more node. */
    public synchronized void addNode(String id) {
        ObjectNode node = JSON.createObjectNode().put("ID", id);
        node.putObject("Spec").put("Role", "manager").put("Availability", "active");
        node.putObject("Description").put("Hostname", id);
        node.putObject("Status").put("State", "ready").put("Addr", "10.0.0.1");
        node.putObject("ManagerStatus").put("Reachability", "reachable").put("Leader", nodes.isEmpty());
        nodes.put(id, node);
    }

    /** The first node leads the managers, or nobody does. */
    public synchronized void led(boolean is) {
        ((ObjectNode) nodes.values().iterator().next().path("ManagerStatus")).put("Leader", is);
    }

    /** A node is in this state from now on. */
    public synchronized void state(String node, String state) {
        ((ObjectNode) node(node).path("Status")).put("State", state);
    }

    /** A service whose tasks run where they are said to, slot by slot. */
    public synchronized void addService(String id, Map<String, String> labels, String... on) {
        ObjectNode service = JSON.createObjectNode().put("ID", id);
        service.putObject("Version").put("Index", ++version);
        ObjectNode spec = service.putObject("Spec").put("Name", id);
        ObjectNode written = spec.putObject("Labels");
        labels.forEach(written::put);
        spec.putObject("TaskTemplate")
                .putObject("ContainerSpec")
                .put("Image", "vvm")
                .putArray("Env")
                .add("SECRET=1");
        spec.putObject("Mode").putObject("Replicated").put("Replicas", on.length);
        services.put(id, service);
        for (int slot = 1; slot <= on.length; slot++) {
            tasks.running(id, slot, on[slot - 1]);
        }
    }

    /** An operator deploys the stack: replicas as they were, none of our labels. */
    public synchronized void redeploy(String id, int replicas) {
        ObjectNode spec = (ObjectNode) service(id).path("Spec");
        ((ObjectNode) spec.at("/Mode/Replicated")).put("Replicas", replicas);
        ((ObjectNode) spec.path("Labels")).remove("evenkeel.rebalance.journal");
        bump(id);
    }

    /** Only on such nodes new tasks become healthy. */
    public synchronized void healthyOn(Predicate<String> where) {
        tasks.healthyOn(where);
    }

    /** Done at the next change that is asked for, before it is looked at. */
    public synchronized void beforeNextWrite(Runnable what) {
        beforeWrite = what;
    }

    /** Where running tasks listen. */
    public synchronized List<String> addresses() {
        return tasks.wanted().filter(tasks::runs).map(task -> address(task.id)).toList();
    }

    /** Running tasks by node, of one service. */
    public synchronized Map<String, Integer> spread(String service) {
        Map<String, Integer> spread = new TreeMap<>();
        nodes.keySet().forEach(node -> spread.put(node, 0));
        tasks.wanted()
                .filter(task -> task.service.equals(service) && tasks.runs(task))
                .forEach(task -> spread.merge(task.node, 1, Integer::sum));
        return spread;
    }

    /** Running tasks of a service on one node. */
    public int on(String service, String node) {
        return spread(service).getOrDefault(node, 0);
    }

    /** The specification of a service. */
    public synchronized JsonNode spec(String service) {
        return service(service).path("Spec").deepCopy();
    }

    /** The least number of running tasks since the last call. */
    public synchronized int leastRunning() {
        return tasks.leastRunning();
    }

    /** Tasks that were started. */
    public synchronized int starts() {
        return tasks.starts();
    }

    /** Time passes: tasks come nearer to running, replaced ones go. */
    public synchronized void tick() {
        tasks.tick();
    }

    @Override
    public void close() {
        engine.close();
    }

    private synchronized JsonNode answer(String path, String query, InputStream body) throws IOException {
        if (path.equals("/nodes")) {
            return JSON.createArrayNode().addAll(nodes.values());
        }
        if (path.equals("/services")) {
            return JSON.createArrayNode().addAll(services.values());
        }
        if (path.equals("/tasks")) {
            ArrayNode list = JSON.createArrayNode();
            tasks.wanted().forEach(task -> list.add(json(task)));
            return list;
        }
        String id = path.split("/", -1)[2];
        if (path.endsWith("/update")) {
            long asked = Long.parseLong(query.replaceFirst("version=", ""));
            return update(id, asked, JSON.readTree(body));
        }
        JsonNode found = path.startsWith("/tasks") ? task(id) : service(id);
        return found;
    }

    private ObjectNode node(String id) {
        return Objects.requireNonNull(nodes.get(id));
    }

    private ObjectNode service(String id) {
        ObjectNode service = services.get(id);
        if (service == null) {
            throw new SimulatedEngine.Refused(404, "service " + id + " not found");
        }
        return service;
    }

    private JsonNode task(String id) {
        return tasks.find(id)
                .map(this::json)
                .orElseThrow(() -> new SimulatedEngine.Refused(404, "task " + id + " not found"));
    }

    private ObjectNode json(SimulatedTasks.Task task) {
        ObjectNode json = JSON.createObjectNode()
                .put("ID", task.id)
                .put("ServiceID", task.service)
                .put("NodeID", task.node)
                .put("Slot", task.slot)
                .put("DesiredState", "running");
        json.putObject("Status").put("State", tasks.runs(task) ? "running" : "starting");
        json.putArray("NetworksAttachments").addObject().putArray("Addresses").add(address(task.id) + "/24");
        return json;
    }

    private static String address(String task) {
        int number = Integer.parseInt(task.substring(1));
        return "10.1." + number / 250 + "." + (number % 250 + 1);
    }

    private JsonNode update(String id, long asked, JsonNode spec) {
        Runnable before = beforeWrite;
        beforeWrite = () -> {};
        before.run();
        ObjectNode service = service(id);
        if (service.at("/Version/Index").asLong() != asked) {
            throw new SimulatedEngine.Refused(500, "rpc error: code = Unknown desc = update out of sequence");
        }
        service.set("Spec", spec);
        bump(id);
        return JSON.createObjectNode();
    }

    private void bump(String id) {
        ((ObjectNode) service(id).path("Version")).put("Index", ++version);
        tasks.scale(id);
    }
}
