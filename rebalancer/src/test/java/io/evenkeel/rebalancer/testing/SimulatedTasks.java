package io.evenkeel.rebalancer.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What Swarm does with tasks, as its published rules say: placement by fewest tasks of the service, then fewest in all, then chance; taking away from the
 * fullest nodes; constraints and forced updates, one task at a time.
 *
 * <p><b>Threading.</b> Guarded by the lock of its {@link SimulatedSwarm}.
 */
final class SimulatedTasks {

    /** Ticks from being assigned to running. */
    private static final int START = 3;

    private final Map<String, ObjectNode> nodes;
    private final Map<String, ObjectNode> services;
    private final Random random;
    private final Map<String, Task> tasks = new LinkedHashMap<>();
    private int ids;
    private int leastRunning = Integer.MAX_VALUE;
    private int starts;
    private Predicate<String> healthy = node -> true;

    /** A task, and how far it is. */
    static final class Task {
        final String id;
        final String service;
        final int slot;
        final String node;
        private final long force;
        private int age;
        private boolean wanted = true;

        Task(String id, String service, int slot, String node, long force) {
            this.id = id;
            this.service = service;
            this.slot = slot;
            this.node = node;
            this.force = force;
        }
    }

    /**
     * No tasks yet.
     *
     * @param nodes by id, as the Engine tells them
     * @param services by id, as the Engine tells them
     */
    SimulatedTasks(Map<String, ObjectNode> nodes, Map<String, ObjectNode> services, Random random) {
        this.nodes = nodes;
        this.services = services;
        this.random = random;
    }

    /** A task that has been running. */
    void running(String service, int slot, String node) {
        put(service, slot, node).age = START;
    }

    /** Only on such nodes new tasks become healthy. */
    void healthyOn(Predicate<String> where) {
        healthy = where;
    }

    /** Those that are to run. */
    Stream<Task> wanted() {
        return tasks.values().stream().filter(task -> task.wanted);
    }

    Optional<Task> find(String id) {
        return Optional.ofNullable(tasks.get(id));
    }

    boolean runs(Task task) {
        return task.age >= START && (healthy.test(task.node) || task.age > 1_000);
    }

    /** The least number of running tasks since the last call. */
    int leastRunning() {
        int least = leastRunning;
        leastRunning = Integer.MAX_VALUE;
        return least;
    }

    /** How many were started. */
    int starts() {
        return starts;
    }

    /** Time passes: tasks come nearer to running, replaced ones go. */
    void tick() {
        tasks.values().forEach(task -> task.age++);
        services.keySet().forEach(this::replace);
        tasks.values().removeIf(task -> !task.wanted);
        leastRunning = Math.min(
                leastRunning, (int) tasks.values().stream().filter(this::runs).count());
    }

    /** Starts or takes away tasks until there are as many as the service wants. */
    void scale(String id) {
        int replicas = spec(id).at("/Mode/Replicated/Replicas").asInt();
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
        wanted().filter(task -> task.service.equals(service))
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
        return spec(service).at("/TaskTemplate/ForceUpdate").asLong(0);
    }

    private boolean dirty(String service, Task task) {
        return task.force != force(service) || !allows(service, task.node);
    }

    private boolean allows(String service, String node) {
        for (JsonNode constraint : spec(service).at("/TaskTemplate/Placement/Constraints")) {
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
        wanted().forEach(task -> {
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

    private JsonNode spec(String service) {
        return Objects.requireNonNull(services.get(service)).path("Spec");
    }
}
