package io.evenkeel.rebalancer.plan;

import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** What a service sees of the nodes, as far as it never changes while planning. Immutable. */
final class Site {

    private final BitSet may;
    private final int[][] branches;
    private final Branch tree;

    private Site(BitSet may, int[][] branches, Branch tree) {
        this.may = may;
        this.branches = branches;
        this.tree = tree;
    }

    /** Nodes that are usable and satisfy its constraints and platforms. */
    BitSet may() {
        return may;
    }

    /** By level of its spread preferences and node: the branch that the node is in, numbered below the number of nodes. */
    int[][] branches() {
        return branches;
    }

    /** The same as a tree, the root of which is on level -1 and has all nodes. */
    Branch tree() {
        return tree;
    }

    /** A branch of the tree of spread preferences; none are below one on the last level. Immutable. */
    static final class Branch {

        private final int level;
        private final int number;
        private final int[] nodes;
        private final List<Branch> below;

        private Branch(int level, int number, int[] nodes, List<Branch> below) {
            this.level = level;
            this.number = number;
            this.nodes = nodes;
            this.below = below;
        }

        int level() {
            return level;
        }

        int number() {
            return number;
        }

        int[] nodes() {
            return nodes;
        }

        List<Branch> below() {
            return below;
        }
    }

    static Site of(Service service, List<Node> nodes) {
        BitSet may = new BitSet(nodes.size());
        for (int node = 0; node < nodes.size(); node++) {
            may.set(node, fits(service.placement(), nodes.get(node)));
        }
        int[][] branches = branches(service.placement().spreads(), nodes);
        return new Site(
                may,
                branches,
                tree(branches, -1, 0, IntStream.range(0, nodes.size()).toArray()));
    }

    private static Branch tree(int[][] branches, int level, int number, int[] nodes) {
        if (level + 1 == branches.length) {
            return new Branch(level, number, nodes, List.of());
        }
        int[] next = branches[level + 1];
        List<Branch> below = IntStream.of(nodes)
                .map(node -> next[node])
                .distinct()
                .mapToObj(child -> tree(branches, level + 1, child, with(next, child, nodes)))
                .toList();
        return new Branch(level, number, nodes, below);
    }

    private static int[] with(int[] branchOf, int number, int[] nodes) {
        return IntStream.of(nodes).filter(node -> branchOf[node] == number).toArray();
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
