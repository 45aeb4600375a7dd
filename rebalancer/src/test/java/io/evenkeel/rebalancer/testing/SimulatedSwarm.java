package io.evenkeel.rebalancer.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.evenkeel.config.SwarmConfig;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The part of the Engine API that the rebalancer uses, over a cluster that behaves as Swarm's published rules say: placement by fewest tasks of the service,
 * then fewest in all, then chance; taking away from the fullest nodes; constraints and forced updates, one task at a time. Time passes by {@link #tick}.
 *
 * <p><b>Threading.</b> Callable from any thread.
 */
public final class SimulatedSwarm implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Ticks from being assigned to running. */
    private static final int START = 3;

    private final SimulatedEngine engine;
    private final Random random;
    private final Map<String, ObjectNode> nodes = new TreeMap<>();
    private final Map<String, ObjectNode> services = new TreeMap<>();
    private final Map<String, Task> tasks = new LinkedHashMap<>();
    private int ids;
    private long version = 10;
    private int leastRunning = Integer.MAX_VALUE;
    private int starts;
    private Predicate<String> healthy = node -> true;
    private Runnable beforeWrite = () -> {};

    /** A task, and how far it is. */
    private static final class Task {
        final String id;
        final String service;
        final int slot;
        final String node;
        final long force;
        int age;
        boolean wanted = true;

        Task(String id, String service, int slot, String node, long force) {
            this.id = id;
            this.service = service;
            this.slot = slot;
            this.node = node;
            this.force = force;
        }
    }

    /** An empty cluster of these nodes. */
    public SimulatedSwarm(long seed, String... nodeIds) throws IOException {
        this.random = new Random(seed);
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
            put(id, slot, on[slot - 1]).age = START;
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
        healthy = where;
    }

    /** Done at the next change that is asked for, before it is looked at. */
    public synchronized void beforeNextWrite(Runnable what) {
        beforeWrite = what;
    }

    /** Where running tasks listen. */
    public synchronized List<String> addresses() {
        return tasks.values().stream()
                .filter(task -> task.wanted && runs(task))
                .map(task -> address(task.id))
                .toList();
    }

    /** Running tasks by node, of one service. */
    public synchronized Map<String, Integer> spread(String service) {
        Map<String, Integer> spread = new TreeMap<>();
        nodes.keySet().forEach(node -> spread.put(node, 0));
        tasks.values().stream()
                .filter(task -> task.wanted && task.service.equals(service) && runs(task))
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
        int least = leastRunning;
        leastRunning = Integer.MAX_VALUE;
        return least;
    }

    /** Tasks that were started. */
    public synchronized int starts() {
        return starts;
    }

    /** Time passes: tasks come nearer to running, replaced ones go. */
    public synchronized void tick() {
        tasks.values().forEach(task -> task.age++);
        services.keySet().forEach(this::replace);
        tasks.values().removeIf(task -> !task.wanted);
        leastRunning = Math.min(
                leastRunning, (int) tasks.values().stream().filter(this::runs).count());
    }

    @Override
    public void close() {
        engine.close();
    }

    private boolean runs(Task task) {
        return task.age >= START && (healthy.test(task.node) || task.age > 1_000);
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
            tasks.values().stream().filter(task -> task.wanted).forEach(task -> list.add(json(task)));
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
        Task task = tasks.get(id);
        if (task == null) {
            throw new SimulatedEngine.Refused(404, "task " + id + " not found");
        }
        return json(task);
    }

    private ObjectNode json(Task task) {
        ObjectNode json = JSON.createObjectNode()
                .put("ID", task.id)
                .put("ServiceID", task.service)
                .put("NodeID", task.node)
                .put("Slot", task.slot)
                .put("DesiredState", "running");
        json.putObject("Status").put("State", runs(task) ? "running" : "starting");
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
        scale(id);
        return JSON.createObjectNode();
    }

    private void bump(String id) {
        ((ObjectNode) service(id).path("Version")).put("Index", ++version);
        scale(id);
    }

    private void scale(String id) {
        int replicas = service(id).at("/Spec/Mode/Replicated/Replicas").asInt();
        while (slots(id).size() < replicas) {
            int slot = 1;
            while (slots(id).containsKey(slot)) {
                slot++;
            }
            put(id, slot, place(id));
        }
        while (slots(id).size() > replicas) {
            takeAway(id);
        }
    }

    private Map<Integer, List<Task>> slots(String service) {
        Map<Integer, List<Task>> slots = new TreeMap<>();
        tasks.values().stream()
                .filter(task -> task.wanted && task.service.equals(service))
                .forEach(task -> slots.computeIfAbsent(task.slot, none -> new ArrayList<>())
                        .add(task));
        return slots;
    }

    /** Tasks that run first, each the nth of its service on its node; the one with the greatest n goes. */
    private void takeAway(String service) {
        List<Task> all = new ArrayList<>();
        slots(service).values().forEach(slot -> all.add(slot.get(0)));
        Collections.shuffle(all, random);
        all.sort(Comparator.comparing(task -> !runs(task)));
        Map<String, Integer> seen = new TreeMap<>();
        Map<Task, Integer> nth = new LinkedHashMap<>();
        all.forEach(task -> nth.put(task, seen.merge(task.node, 1, Integer::sum)));
        all.sort(Comparator.comparing(nth::get));
        int slot = all.get(all.size() - 1).slot;
        Objects.requireNonNull(slots(service).get(slot)).forEach(task -> task.wanted = false);
    }

    /** One task at a time: a new one beside the old, which goes once the new one runs. */
    private void replace(String service) {
        for (List<Task> slot : slots(service).values()) {
            List<Task> clean =
                    slot.stream().filter(task -> !dirty(service, task)).toList();
            if (clean.isEmpty()) {
                boolean alive = slot.stream().anyMatch(this::runs);
                put(service, slot.get(0).slot, place(service));
                if (!alive) {
                    slot.forEach(task -> task.wanted = false);
                }
                return;
            }
            if (slot.size() > 1 && clean.stream().anyMatch(task -> runs(task) || clean.size() == slot.size())) {
                slot.stream().filter(task -> dirty(service, task)).forEach(task -> task.wanted = false);
            } else if (slot.size() > 1 && slot.stream().noneMatch(task -> dirty(service, task))) {
                slot.get(slot.size() - 1).wanted = false;
            }
        }
        boolean restored = slots(service).values().stream().anyMatch(slot -> slot.size() > 1);
        if (restored) {
            long force = force(service);
            slots(service).values().forEach(slot -> {
                if (slot.size() > 1 && slot.stream().anyMatch(task -> task.force == force && runs(task))) {
                    slot.stream().filter(task -> task.force != force).forEach(task -> task.wanted = false);
                }
            });
        }
    }

    private long force(String service) {
        return service(service).at("/Spec/TaskTemplate/ForceUpdate").asLong(0);
    }

    private boolean dirty(String service, Task task) {
        return task.force != force(service) || !allows(service, task.node);
    }

    private boolean allows(String service, String node) {
        for (JsonNode constraint : service(service).at("/Spec/TaskTemplate/Placement/Constraints")) {
            String text = constraint.asText();
            boolean not = text.contains("!=");
            if (text.endsWith("=" + node) == not) {
                return false;
            }
        }
        return true;
    }

    private String place(String service) {
        Map<String, Integer> own = new TreeMap<>();
        Map<String, Integer> all = new TreeMap<>();
        List<String> may = nodes.entrySet().stream()
                .filter(node -> node.getValue().at("/Status/State").asText().equals("ready"))
                .map(Map.Entry::getKey)
                .filter(node -> allows(service, node))
                .toList();
        tasks.values().stream().filter(task -> task.wanted).forEach(task -> {
            all.merge(task.node, 1, Integer::sum);
            own.merge(task.node, task.service.equals(service) ? 1 : 0, Integer::sum);
        });
        List<String> shuffled = new ArrayList<>(may);
        Collections.shuffle(shuffled, random);
        shuffled.sort(Comparator.<String>comparingInt(node -> own.getOrDefault(node, 0))
                .thenComparingInt(node -> all.getOrDefault(node, 0)));
        return shuffled.get(0);
    }

    private Task put(String service, int slot, String node) {
        Task task = new Task("t" + ++ids, service, slot, node, force(service));
        tasks.put(task.id, task);
        starts++;
        return task;
    }
}
