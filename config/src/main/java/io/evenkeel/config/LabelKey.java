package io.evenkeel.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A key of a record that fits on a label: a scalar, or a list of scalars or tags with commas between them. Secrets do not fit. Immutable.
 *
 * @param path the keys from the record down to the value, such as {@code match}, {@code hosts}
 * @param shape how the value looks
 */
record LabelKey(List<String> path, Shape shape) {

    /**
     * The keys of a record by how they stand on a label, such as {@code balancer.policy}, in the record's order.
     *
     * @param except keys, or what whole groups of keys begin with, that are left out
     */
    static Map<String, LabelKey> of(Class<?> type, Set<String> except) {
        Map<String, LabelKey> keys = new LinkedHashMap<>();
        collect(Shapes.of(type), List.of(), keys);
        keys.keySet().removeIf(key -> except.stream().anyMatch(out -> key.equals(out) || key.startsWith(out + ".")));
        return keys;
    }

    private static void collect(Shape.ObjectOf object, List<String> around, Map<String, LabelKey> keys) {
        for (Shape.Field field : object.fields()) {
            List<String> path =
                    Stream.concat(around.stream(), Stream.of(field.key())).toList();
            Shape shape = field.shape() instanceof Shape.Maybe maybe ? maybe.inner() : field.shape();
            if (shape instanceof Shape.ObjectOf nested && !nested.bare()) {
                collect(nested, path, keys);
            } else if (fits(field)) {
                keys.put(String.join(".", path), new LabelKey(path, field.shape()));
            }
        }
    }

    private static boolean fits(Shape.Field field) {
        Shape shape = field.shape();
        if (shape instanceof Shape.MapOf) {
            return true;
        }
        Shape inner = shape instanceof Shape.ListOf list
                ? list.element()
                : shape instanceof Shape.Maybe m ? m.inner() : shape;
        return inner instanceof Shape.Leaf && !field.secret();
    }

    /** A label's text as YAML would have it. */
    Node node(String text) {
        if (shape instanceof Shape.MapOf) {
            return tags(text);
        }
        if (!(shape instanceof Shape.ListOf)) {
            return new Node.Scalar(Position.START, text);
        }
        List<Node> items = new ArrayList<>();
        for (String item : text.split(",", -1)) {
            items.add(new Node.Scalar(Position.START, item.strip()));
        }
        return new Node.Sequence(Position.START, items);
    }

    /** {@code role=worker,gpu}: a tag without a value has the value {@code true}. */
    private static Node tags(String text) {
        Map<String, Node.Entry> entries = new LinkedHashMap<>();
        for (String item : text.split(",", -1)) {
            String[] parts = item.strip().split("=", 2);
            Node value = new Node.Scalar(Position.START, parts.length == 1 ? "true" : parts[1]);
            entries.put(parts[0], new Node.Entry(Position.START, value));
        }
        return new Node.Mapping(Position.START, entries);
    }

    /** Values by where they stand, as the mapping that YAML would have. */
    static Node.Mapping mapping(Map<List<String>, Node> values) {
        Map<String, Map<List<String>, Node>> nested = new TreeMap<>();
        Map<String, Node.Entry> entries = new TreeMap<>();
        values.forEach((path, value) -> {
            if (path.size() == 1) {
                entries.put(path.get(0), new Node.Entry(Position.START, value));
            } else {
                nested.computeIfAbsent(path.get(0), absent -> new LinkedHashMap<>())
                        .put(path.subList(1, path.size()), value);
            }
        });
        nested.forEach((key, below) -> entries.put(key, new Node.Entry(Position.START, mapping(below))));
        return new Node.Mapping(Position.START, entries);
    }
}
