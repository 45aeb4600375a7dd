package io.evenkeel.rebalancer.plan;

import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a service sees of the nodes, as far as it never changes while planning. Immutable.
 *
 * @param may nodes that are usable and satisfy its constraints and platforms
 * @param branches by level of its spread preferences and node: the branch the node is in, numbered below the number of nodes; a branch is one of all
 *     levels above it too
 */
record Site(BitSet may, int[][] branches) {

    static Site of(Service service, List<Node> nodes) {
        BitSet may = new BitSet(nodes.size());
        for (int node = 0; node < nodes.size(); node++) {
            may.set(node, fits(service.placement(), nodes.get(node)));
        }
        return new Site(may, branches(service.placement().spreads(), nodes));
    }

    int levels() {
        return branches.length;
    }

    private static boolean fits(Placement placement, Node node) {
        return node.usable()
                && Constraint.allMatch(placement.constraints(), node)
                && (placement.platforms().isEmpty()
                        || placement.platforms().stream().anyMatch(image -> runs(image, node.platform())));
    }

    private static boolean runs(Platform image, Platform node) {
        boolean architecture =
                image.architecture().isEmpty() || usual(image.architecture()).equals(usual(node.architecture()));
        return architecture && (image.os().isEmpty() || image.os().equals(node.os()));
    }

    /** An image says {@code amd64} where a node says {@code x86_64}. */
    private static String usual(String architecture) {
        return switch (architecture) {
            case "x86_64" -> "amd64";
            case "aarch64" -> "arm64";
            default -> architecture;
        };
    }

    /** Swarm spreads over labels alone and ignores everything else. */
    private static int[][] branches(List<String> spreads, List<Node> nodes) {
        List<String> known = spreads.stream()
                .filter(key ->
                        !nodes.isEmpty() && Constraint.label(key, nodes.get(0)).isPresent())
                .toList();
        int[][] branches = new int[known.size()][nodes.size()];
        for (int level = 0; level < known.size(); level++) {
            Map<List<Object>, Integer> numbers = new HashMap<>();
            for (int node = 0; node < nodes.size(); node++) {
                int above = level == 0 ? 0 : branches[level - 1][node];
                String value =
                        Constraint.label(known.get(level), nodes.get(node)).orElse("");
                Integer next = numbers.size();
                Integer number = numbers.putIfAbsent(List.of(above, value), next);
                branches[level][node] = number == null ? next : number;
            }
        }
        return branches;
    }
}
