package io.evenkeel.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Turns a located tree into records by their shapes and reports everything that does not fit. A null result means that
 * an error has been reported below.
 */
final class Binder {

    private final Problems problems;
    private final MappingBinder mappings;
    private final Bound bound = new Bound();
    private final Path folder;

    /** Relative names of files that are read are looked up in this folder: the one of the configuration file. */
    Binder(Problems problems, Path folder) {
        this.problems = problems;
        this.folder = folder;
        this.mappings = new MappingBinder(this, problems, new SecretFiles(problems, folder, bound.files()));
    }

    /** The record of a type whose keys all have defaults. */
    static <T> T defaults(Class<T> type) {
        Problems problems = new Problems(type.getSimpleName());
        Node nothing = new Node.Mapping(Position.START, Map.of());
        Object value = new Binder(problems, Path.of("")).bind(Shapes.of(type), nothing, "");
        if (value == null) {
            throw new IllegalStateException(problems.sorted().toString());
        }
        return type.cast(value);
    }

    /** What was found so far. */
    Bound bound() {
        return bound;
    }

    @Nullable
    Object bind(Shape shape, Node node, String path) {
        bound.found(path, node.at());
        Object value = node instanceof Node.Broken ? null : dispatch(shape, node, path);
        if (value != null) {
            bound.value(path, value);
        }
        return value;
    }

    private @Nullable Object dispatch(Shape shape, Node node, String path) {
        if (shape instanceof Shape.Leaf leaf) {
            return scalar(leaf.scalar(), node, path);
        }
        if (shape instanceof Shape.ListOf list) {
            return list(list, node, path);
        }
        if (shape instanceof Shape.MapOf map) {
            return map(map, node, path);
        }
        if (shape instanceof Shape.Maybe maybe) {
            Object inner = dispatch(maybe.inner(), node, path);
            return inner == null ? null : present(maybe, inner);
        }
        if (shape instanceof Shape.ChoiceOf choice) {
            return mappings.choice(choice, node, path);
        }
        return mappings.object((Shape.ObjectOf) shape, node, path);
    }

    /** What stands for a value that is there. */
    static Object present(Shape.Maybe maybe, Object inner) {
        return maybe.type() == Optional.class ? Optional.of(inner) : OptionalLong.of((Long) inner);
    }

    private <R> @Nullable Object scalar(ScalarType<R> type, Node node, String path) {
        R raw = node instanceof Node.Scalar scalar ? type.parse(scalar.text()) : null;
        if (raw == null) {
            return wrong(node, path, type.expected());
        }
        if (!type.allows(raw)) {
            return wrong(node, path, type.range(raw));
        }
        boolean file = type instanceof Text text && text.format() == TextFormat.INPUT_FILE;
        return file ? folder.resolve((String) raw).toString() : type.value(raw);
    }

    private @Nullable Object list(Shape.ListOf list, Node node, String path) {
        if (!(node instanceof Node.Sequence sequence)) {
            return wrong(node, path, "a list");
        }
        if (sequence.items().size() < list.atLeast()) {
            problems.add(node.at(), path, "an empty list", "at least " + list.atLeast() + " element");
            return null;
        }
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < sequence.items().size(); i++) {
            Object value = bind(list.element(), sequence.items().get(i), path + "[" + i + "]");
            if (value != null) {
                values.add(value);
            }
        }
        return values.size() == sequence.items().size() ? List.copyOf(values) : null;
    }

    private @Nullable Object map(Shape.MapOf map, Node node, String path) {
        if (!(node instanceof Node.Mapping mapping)) {
            return wrong(node, path, "a mapping");
        }
        Map<String, Object> values = new LinkedHashMap<>();
        for (Map.Entry<String, Node.Entry> entry : mapping.entries().entrySet()) {
            String below = MappingBinder.below(path, Words.quoted(entry.getKey()));
            Object key = scalar(map.text(), new Node.Scalar(entry.getValue().at(), entry.getKey()), below);
            Object value = bind(new Shape.Leaf(map.text()), entry.getValue().value(), below);
            if (key != null && value != null) {
                values.put(entry.getKey(), value);
            }
        }
        return values.size() == mapping.entries().size() ? Collections.unmodifiableMap(values) : null;
    }

    /** Reports a value that does not fit. */
    @Nullable
    Object wrong(Node node, String path, String expected) {
        problems.add(node.at(), path, node.described(), expected);
        return null;
    }
}
