package io.evenkeel.rebalancer.plan;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One placement constraint, understood as Swarm understands it: keys and values ignore case, the name of a label does not. Immutable.
 *
 * @param same whether the values have to be equal, else they have to differ
 */
record Constraint(String key, boolean same, String value) {

    static final String NODE_LABELS = "node.labels.";
    static final String ENGINE_LABELS = "engine.labels.";

    private static final Pattern KEY = Pattern.compile("(?i)[a-z_][a-z0-9\\-_.]+");
    private static final Pattern VALUE = Pattern.compile("(?i)[a-z0-9:\\-_\\s.*()?+\\[\\]\\\\^$|/]+");

    /** Empty if Swarm would refuse it, or if it asks for what is not known here ({@code node.ip}). */
    static Optional<Constraint> parse(String text) {
        boolean same = text.contains("==");
        int at = same ? text.indexOf("==") : text.indexOf("!=");
        if (at < 0) {
            return Optional.empty();
        }
        Constraint parsed = new Constraint(
                text.substring(0, at).strip(), same, text.substring(at + 2).strip());
        boolean valid = KEY.matcher(parsed.key).matches()
                && VALUE.matcher(parsed.value).matches()
                && !parsed.key.equalsIgnoreCase("node.ip");
        return valid ? Optional.of(parsed) : Optional.empty();
    }

    /** The first one that {@link #parse} does not understand. */
    static Optional<String> unclear(List<String> constraints) {
        return constraints.stream().filter(text -> parse(text).isEmpty()).findFirst();
    }

    /** Whether a node satisfies all of them; none does if one is not understood. */
    static boolean allMatch(List<String> constraints, Node node) {
        return constraints.stream()
                .allMatch(text -> parse(text).map(one -> one.matches(node)).orElse(false));
    }

    private boolean matches(Node node) {
        return actual(node).map(found -> found.equalsIgnoreCase(value) == same).orElse(false);
    }

    private Optional<String> actual(Node node) {
        return switch (key.toLowerCase(Locale.ROOT)) {
            case "node.id" -> Optional.of(node.id());
            case "node.hostname" -> Optional.of(node.hostname());
            case "node.role" -> Optional.of(node.manager() ? "manager" : "worker");
            case "node.platform.os" -> Optional.of(node.platform().os());
            case "node.platform.arch" -> Optional.of(node.platform().architecture());
            default -> label(key, node);
        };
    }

    /** A label's value on a node, "" if it has none of that name; empty unless the key names a label. */
    static Optional<String> label(String key, Node node) {
        if (startsWith(key, NODE_LABELS)) {
            return Optional.of(node.labels().getOrDefault(key.substring(NODE_LABELS.length()), ""));
        }
        if (startsWith(key, ENGINE_LABELS)) {
            return Optional.of(node.engineLabels().getOrDefault(key.substring(ENGINE_LABELS.length()), ""));
        }
        return Optional.empty();
    }

    private static boolean startsWith(String key, String prefix) {
        return key.length() > prefix.length() && key.regionMatches(true, 0, prefix, 0, prefix.length());
    }
}
