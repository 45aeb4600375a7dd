package io.evenkeel.rebalancer.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Clusters to try things on. */
final class Sample {

    static final Platform LINUX = new Platform("linux", "x86_64");

    private final List<Node> nodes = new ArrayList<>();
    private final List<Service> services = new ArrayList<>();
    private final List<Task> tasks = new ArrayList<>();

    /** Usable workers with 10 bytes of memory. */
    static Sample ofNodes(String... ids) {
        Sample sample = new Sample();
        for (String id : ids) {
            sample.node(id, Map.of());
        }
        return sample;
    }

    Sample node(String id, Map<String, String> labels) {
        return node(new Node(id, id, true, false, labels, Map.of(), LINUX, new Resources(0, 10)));
    }

    Sample down(String id) {
        return node(new Node(id, id, false, false, Map.of(), Map.of(), LINUX, new Resources(0, 10)));
    }

    Sample node(Node node) {
        nodes.add(node);
        return this;
    }

    /** A service with a task on each of these nodes, in the order of the slots: {@code "a a b"}. */
    Sample service(String name, String where) {
        return service(service(name, where.split(" ").length), where);
    }

    Sample service(Service service, String where) {
        services.add(service);
        int slot = 0;
        for (String node : where.isEmpty() ? new String[0] : where.split(" ")) {
            slot++;
            tasks.add(new Task(service.name() + "." + slot, service.id(), node.equals("-") ? "" : node, slot, true));
        }
        return this;
    }

    Cluster build() {
        return new Cluster(nodes, services, tasks);
    }

    static Service service(String name, int replicas) {
        return service(name, replicas, Placement.ANYWHERE);
    }

    static Service service(String name, int replicas, Placement placement) {
        return new Service(name, name, replicas, placement, Resources.NONE, Swap.SURGE, Optional.empty());
    }

    static Service handoff(Service service) {
        return new Service(
                service.id(),
                service.name(),
                service.replicas(),
                service.placement(),
                service.reservation(),
                Swap.HANDOFF,
                service.untouchable());
    }

    static Service reserving(Service service, long memoryBytes) {
        return new Service(
                service.id(),
                service.name(),
                service.replicas(),
                service.placement(),
                new Resources(0, memoryBytes),
                service.swap(),
                service.untouchable());
    }

    static Service untouchable(String name, String why) {
        return new Service(name, name, 0, Placement.ANYWHERE, Resources.NONE, Swap.SURGE, Optional.of(why));
    }

    static Placement constrained(String... constraints) {
        return new Placement(List.of(constraints), List.of(), 0, List.of(), Set.of());
    }

    static Placement spread(String... over) {
        return new Placement(List.of(), List.of(over), 0, List.of(), Set.of());
    }

    static Placement atMost(int perNode) {
        return new Placement(List.of(), List.of(), perNode, List.of(), Set.of());
    }

    static Placement port(String port) {
        return new Placement(List.of(), List.of(), 0, List.of(), Set.of(port));
    }
}
