package io.evenkeel.config;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;

/** What a value of the configuration looks like in YAML, read once from the type of a record component. Immutable. */
sealed interface Shape {

    /** One scalar. */
    record Leaf(ScalarType<?> scalar) implements Shape {}

    /** A list of one shape, with at least that many elements. */
    record ListOf(Shape element, int atLeast) implements Shape {}

    /** A mapping from any keys of this type to values of it; keeps the order of the file. */
    record MapOf(ScalarType<?> text) implements Shape {}

    /** What may be left out: {@code Optional} or {@code OptionalLong}. */
    record Maybe(Shape inner, Class<?> type) implements Shape {}

    /** A mapping whose keys are a record's components; a bare one is written as its only component. */
    record ObjectOf(Class<?> type, List<Field> fields, boolean bare) implements Shape {}

    /** A mapping with exactly one of these keys, each of which says how its value looks. */
    record ChoiceOf(Map<String, ObjectOf> variants) implements Shape {}

    /**
     * A key of a mapping.
     *
     * @param key kebab-case of the component's name
     * @param accessor reads the component
     */
    record Field(String key, Shape shape, Knob knob, Method accessor) {

        /** Whether the key must be given. */
        boolean required() {
            if (shape instanceof ObjectOf object) {
                return object.fields().stream().anyMatch(Field::required);
            }
            if (shape instanceof ListOf list) {
                return list.atLeast() > 0;
            }
            return !(shape instanceof Maybe || shape instanceof MapOf) && knob.byDefault().length == 0;
        }

        /** Whether the key may also be given with {@code -file} at its end. */
        boolean secret() {
            Shape inner = shape instanceof Maybe maybe ? maybe.inner() : shape;
            return inner instanceof Leaf leaf && leaf.scalar() instanceof SecretText;
        }
    }
}
