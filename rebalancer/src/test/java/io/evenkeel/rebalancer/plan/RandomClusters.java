package io.evenkeel.rebalancer.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Small clusters of every kind.
 *
 * @param limits whether services have reservations, host ports and limits per node
 * @param spreads whether they spread over zones
 */
record RandomClusters(int maxNodes, int maxServices, int maxReplicas, boolean limits, boolean spreads) {

    Cluster next(Random random) {
        List<Node> nodes = nodes(random);
        List<Service> services = IntStream.range(0, 1 + random.nextInt(maxServices))
                .mapToObj(number -> service(random, "s" + number))
                .toList();
        Simulation empty = new Simulation(new Cluster(nodes, services, List.of()), random);
        List<Service> placed = new ArrayList<>();
        for (int service = 0; service < services.size(); service++) {
            int tasks = fill(empty.board, service, random);
            placed.add(resized(services.get(service), tasks));
        }
        return new Cluster(nodes, placed, empty.cluster().tasks());
    }

    private List<Node> nodes(Random random) {
        return IntStream.range(0, 2 + random.nextInt(maxNodes - 1))
                .mapToObj(number -> node(random, "n" + number))
                .toList();
    }

    private Node node(Random random, String id) {
        Map<String, String> labels = Map.of("zone", "z" + random.nextInt(2), "rack", "r" + random.nextInt(2));
        Resources capacity = new Resources(0, 8 + random.nextInt(8));
        return new Node(id, id, random.nextInt(8) > 0, random.nextBoolean(), labels, Map.of(), Sample.LINUX, capacity);
    }

    private Service service(Random random, String name) {
        Resources reservation = new Resources(0, limits ? random.nextInt(4) : 0);
        return new Service(
                name,
                name,
                random.nextInt(3) == 0 ? 1 : 1 + random.nextInt(maxReplicas),
                placement(random),
                reservation,
                random.nextInt(3) == 0 ? Swap.HANDOFF : Swap.SURGE,
                random.nextInt(8) == 0 ? Optional.of("global") : Optional.empty());
    }

    private Placement placement(Random random) {
        List<String> constraints =
                switch (random.nextInt(6)) {
                    case 0 -> List.of("node.labels.zone == z0");
                    case 1 -> List.of("node.hostname != n1");
                    default -> List.of();
                };
        List<String> over =
                switch (spreads ? random.nextInt(4) : 3) {
                    case 0 -> List.of("node.labels.zone");
                    case 1 -> List.of("node.labels.zone", "node.labels.rack");
                    default -> List.of();
                };
        boolean limited = limits && random.nextInt(4) == 0;
        boolean port = limits && random.nextInt(6) == 0;
        return new Placement(constraints, over, limited ? 2 : 0, List.of(), port ? Set.of("tcp/80") : Set.of());
    }

    /** Puts its tasks anywhere with room, half of the time preferring the first nodes as if the others had been away. */
    private static int fill(Board board, int service, Random random) {
        int first = random.nextBoolean() ? board.nodes.size() : 1 + random.nextInt(board.nodes.size());
        int tasks = 0;
        for (int replica = 0; replica < board.services.get(service).replicas(); replica++) {
            int[] room = IntStream.range(0, first)
                    .filter(node -> board.room(service, node))
                    .toArray();
            if (room.length > 0) {
                board.add(service, room[random.nextInt(room.length)]);
                tasks++;
            }
        }
        return tasks;
    }

    private static Service resized(Service service, int replicas) {
        return new Service(
                service.id(),
                service.name(),
                replicas,
                service.placement(),
                service.reservation(),
                service.swap(),
                service.untouchable());
    }
}
