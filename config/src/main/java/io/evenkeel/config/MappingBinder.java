package io.evenkeel.config;

import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The part of the binder that knows keys: records, and choices between them. */
final class MappingBinder {

    private final Binder binder;
    private final Problems problems;
    private final SecretFiles secrets;

    MappingBinder(Binder binder, Problems problems, SecretFiles secrets) {
        this.binder = binder;
        this.problems = problems;
        this.secrets = secrets;
    }

    @Nullable
    Object object(Shape.ObjectOf object, Node node, String path) {
        if (object.bare()) {
            Object value = binder.bind(object.fields().get(0).shape(), node, path);
            return value == null ? null : create(object, new Object[] {value});
        }
        if (!(node instanceof Node.Mapping mapping)) {
            return binder.wrong(node, path, "a mapping");
        }
        boolean whole = allKnown(mapping, keys(object), path);
        Object[] values = new Object[object.fields().size()];
        for (int i = 0; i < values.length; i++) {
            Object value = field(object.fields().get(i), mapping, path);
            whole &= value != null;
            if (value != null) {
                values[i] = value;
            }
        }
        return whole ? create(object, values) : null;
    }

    private static Set<String> keys(Shape.ObjectOf object) {
        Set<String> keys = new LinkedHashSet<>();
        for (Shape.Field field : object.fields()) {
            keys.add(field.key());
            if (field.secret()) {
                keys.add(SecretFiles.key(field));
            }
        }
        return keys;
    }

    private @Nullable Object field(Shape.Field field, Node.Mapping mapping, String path) {
        if (field.secret() && mapping.entries().containsKey(SecretFiles.key(field))) {
            Secret secret = secrets.read(field, mapping, path);
            return secret == null || !(field.shape() instanceof Shape.Maybe maybe)
                    ? secret
                    : Binder.present(maybe, secret);
        }
        Node.Entry entry = mapping.entries().get(field.key());
        String below = below(path, field.key());
        if (entry != null) {
            return binder.bind(field.shape(), entry.value(), below);
        }
        if (field.required()) {
            problems.add(mapping.at(), below, "missing", expected(field.shape()));
            return null;
        }
        Object value = byDefault(field, mapping, below);
        binder.bound().value(below, value);
        return value;
    }

    private static String expected(Shape shape) {
        if (shape instanceof Shape.Leaf leaf) {
            return leaf.scalar().expected();
        }
        return shape instanceof Shape.ListOf ? "a list" : "a mapping";
    }

    private Object byDefault(Shape.Field field, Node.Mapping around, String path) {
        if (field.shape() instanceof Shape.Maybe maybe) {
            return maybe.type() == Optional.class ? Optional.empty() : OptionalLong.empty();
        }
        if (field.shape() instanceof Shape.ListOf list) {
            return elements(list, field.knob().byDefault());
        }
        if (field.shape() instanceof Shape.MapOf) {
            return Map.of();
        }
        if (field.shape() instanceof Shape.ObjectOf object) {
            Object value = object(object, new Node.Mapping(around.at(), Map.of()), path);
            return Objects.requireNonNull(value);
        }
        return parsed(((Shape.Leaf) field.shape()).scalar(), field.knob().byDefault()[0]);
    }

    private static List<Object> elements(Shape.ListOf list, String[] byDefault) {
        List<Object> elements = new ArrayList<>();
        for (String element : byDefault) {
            elements.add(parsed(((Shape.Leaf) list.element()).scalar(), element));
        }
        return List.copyOf(elements);
    }

    /** Defaults may lie outside the range, where they stand for "not given". */
    private static <R> Object parsed(ScalarType<R> type, String byDefault) {
        R raw = type.parse(byDefault);
        if (raw == null) {
            throw new IllegalStateException("default " + byDefault);
        }
        return type.value(raw);
    }

    @Nullable
    Object choice(Shape.ChoiceOf choice, Node node, String path) {
        Set<String> variants = choice.variants().keySet();
        if (!(node instanceof Node.Mapping mapping)) {
            return binder.wrong(node, path, "a mapping with one of " + Words.oneOf(variants));
        }
        boolean whole = allKnown(mapping, variants, path);
        List<String> given = new ArrayList<>(mapping.entries().keySet());
        given.retainAll(variants);
        if (whole && given.size() != 1) {
            String what = given.isEmpty() ? "empty" : String.join(" and ", given) + " together";
            problems.add(node.at(), path, what, "one of " + Words.oneOf(variants));
            whole = false;
        }
        Object value = null;
        for (String key : given) {
            Shape variant = Objects.requireNonNull(choice.variants().get(key));
            value = binder.bind(
                    variant, Objects.requireNonNull(mapping.entries().get(key)).value(), below(path, key));
        }
        return whole ? value : null;
    }

    private boolean allKnown(Node.Mapping mapping, Set<String> keys, String path) {
        boolean known = true;
        for (Map.Entry<String, Node.Entry> entry : mapping.entries().entrySet()) {
            if (!keys.contains(entry.getKey())) {
                String key = below(path, Words.quoted(entry.getKey()));
                problems.add(entry.getValue().at(), key, "unknown key", Words.suggest(entry.getKey(), keys));
                known = false;
            }
        }
        return known;
    }

    static String below(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    private static Object create(Shape.ObjectOf object, Object[] values) {
        try {
            return object.type().getDeclaredConstructors()[0].newInstance(values);
        } catch (InstantiationException | IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(object.type() + " cannot be created", e);
        }
    }
}
