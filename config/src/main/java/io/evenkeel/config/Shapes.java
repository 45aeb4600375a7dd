package io.evenkeel.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Reads shapes from records: the one place that knows which Java type is written how. */
final class Shapes {

    private Shapes() {}

    static Shape.ObjectOf of(Class<?> record) {
        List<Shape.Field> fields = new ArrayList<>();
        for (RecordComponent component : record.getRecordComponents()) {
            fields.add(field(component));
        }
        return new Shape.ObjectOf(record, List.copyOf(fields), record.isAnnotationPresent(Bare.class));
    }

    private static Shape.Field field(RecordComponent component) {
        Knob knob = component.getAnnotation(Knob.class);
        if (knob == null) {
            throw new IllegalStateException(component + " has no @Knob");
        }
        Shape shape = shape(component.getGenericType(), component.getName(), knob);
        return new Shape.Field(Words.kebab(component.getName()), shape, knob, component.getAccessor());
    }

    private static Shape shape(Type type, String name, Knob knob) {
        if (type instanceof ParameterizedType generic && generic.getRawType() == Map.class) {
            return new Shape.MapOf(new Text(knob.format()));
        }
        if (type instanceof ParameterizedType generic) {
            Shape inner = shape(generic.getActualTypeArguments()[0], name, knob);
            Class<?> outer = (Class<?>) generic.getRawType();
            return outer == List.class ? new Shape.ListOf(inner, knob.atLeast()) : new Shape.Maybe(inner, outer);
        }
        Class<?> plain = (Class<?>) type;
        if (plain == OptionalLong.class) {
            return new Shape.Maybe(shape(long.class, name, knob), plain);
        }
        if (plain.isSealed()) {
            return choice(plain);
        }
        ScalarType<?> scalar = scalar(plain, name, knob);
        return scalar != null ? new Shape.Leaf(scalar) : of(plain);
    }

    private static Shape choice(Class<?> sealed) {
        Map<String, Shape.ObjectOf> variants = new LinkedHashMap<>();
        for (Class<?> variant : sealed.getPermittedSubclasses()) {
            variants.put(Words.kebab(variant.getSimpleName().replaceFirst("Source$", "")), of(variant));
        }
        return new Shape.ChoiceOf(Collections.unmodifiableMap(variants));
    }

    /** The scalar type, or null for a record that is written as a mapping. Numbers named {@code …Bytes} are sizes. */
    private static @Nullable ScalarType<?> scalar(Class<?> type, String name, Knob knob) {
        if (type == int.class || type == long.class) {
            return Quantity.of(name.endsWith("Bytes") ? Unit.BYTES : Unit.COUNT, type, knob);
        }
        if (type == Duration.class) {
            return Quantity.of(Unit.TIME, type, knob);
        }
        if (type == HostPort.class) {
            return new Address(Integer.parseInt(knob.min()));
        }
        if (type.isEnum()) {
            return Constant.of(type);
        }
        return type == String.class
                ? new Text(knob.format())
                : type == boolean.class
                        ? new Flag()
                        : type == Cidr.class ? new Block() : type == Secret.class ? new SecretText() : null;
    }
}
