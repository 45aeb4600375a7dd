package io.evenkeel.lab.record;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The cluster at one moment, as a manager sees it. Immutable.
 *
 * @param at ms since 1970
 * @param tasks those that are to run, whatever became of them so far
 * @param nodes by host name
 * @param services by name, without the stack's
 */
public record Snapshot(long at, List<Task> tasks, Map<String, Node> nodes, Map<String, Service> services) {

    /** Copies nothing: whoever made it keeps nothing. */
    public Snapshot {
        tasks = List.copyOf(tasks);
        nodes = Map.copyOf(nodes);
        services = Map.copyOf(services);
    }

    /**
     * A task.
     *
     * @param node its host name; empty while it has none
     * @param state in Swarm's words
     * @param process of its container on this machine; 0 while there is none
     */
    public record Task(String id, String service, String node, String state, String container, long process) {

        /** Whether it runs; with a health check, whether it is healthy. */
        public boolean running() {
            return state.equals("running");
        }
    }

    /**
     * A node.
     *
     * @param state in Swarm's words
     * @param availability what operators want of it
     */
    public record Node(String state, String availability, boolean leader) {

        /** Whether it may be given tasks. */
        public boolean usable() {
            return state.equals("ready") && availability.equals("active");
        }
    }

    /**
     * A service.
     *
     * @param version counts its changes
     * @param replicas 0 for one that has a task on each node
     * @param journal whether a move of one of its tasks is under way
     * @param constraints where its tasks may run
     */
    public record Service(long version, int replicas, boolean journal, List<String> constraints) {

        /** Keeps its own copy. */
        public Service {
            constraints = List.copyOf(constraints);
        }
    }

    /** Tasks of these services that run, by node; every node is in it. */
    public Map<String, Integer> running(Collection<String> of) {
        Map<String, Integer> counts = new TreeMap<>();
        nodes.keySet().forEach(node -> counts.put(node, 0));
        tasks.stream()
                .filter(task -> task.running()
                        && of.contains(task.service())
                        && !task.node().isEmpty())
                .forEach(task -> counts.merge(task.node(), 1, Integer::sum));
        return counts;
    }

    /** Tasks of these services that run. */
    public int count(Collection<String> of) {
        return running(of).values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Whether every node is ready. */
    public boolean allReady() {
        return nodes.values().stream().allMatch(node -> node.state().equals("ready"));
    }

    /** Whether all is done: every replica of these services runs, usable nodes have as many as each other, or one more, and no move is under way. */
    public boolean even(Set<String> of) {
        long wanted = 0;
        for (String name : of) {
            Service service = services.get(name);
            if (service == null || service.journal() || service.replicas() != count(Set.of(name))) {
                return false;
            }
            wanted += service.replicas();
        }
        List<Integer> counts = running(of).entrySet().stream()
                .filter(entry -> usable(entry.getKey()))
                .map(Map.Entry::getValue)
                .sorted()
                .toList();
        return !counts.isEmpty()
                && counts.stream().mapToInt(Integer::intValue).sum() == wanted
                && counts.get(counts.size() - 1) - counts.get(0) <= 1;
    }

    private boolean usable(String node) {
        Node known = nodes.get(node);
        return known != null && known.usable();
    }

    /** Such as {@code 2-2-2}. */
    public String shape(Collection<String> of) {
        return String.join(
                "-", running(of).values().stream().map(String::valueOf).toList());
    }

    /** The node that leads the managers; empty if none does. */
    public String leader() {
        return nodes.entrySet().stream()
                .filter(entry -> entry.getValue().leader())
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse("");
    }

    /** The running tasks of a service. */
    public List<Task> tasksOf(String service) {
        return tasks.stream()
                .filter(task -> task.running() && task.service().equals(service))
                .toList();
    }
}
