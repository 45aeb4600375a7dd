package io.evenkeel.config;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The effective configuration as JSON: every key with its value, defaults filled in, secrets masked, durations and
 * sizes as they are written in YAML. What it gives can be loaded again, unless a secret is in it.
 */
public final class ConfigJson {

    private final JsonGenerator json;

    private ConfigJson(JsonGenerator json) {
        this.json = json;
    }

    /** Indented JSON, ending in a line end. */
    public static String render(RouterConfig config) {
        return render(Shapes.of(RouterConfig.class), config);
    }

    static String render(Shape shape, Object value) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            new ConfigJson(json.useDefaultPrettyPrinter()).write(shape, value);
        } catch (IOException e) {
            throw new UncheckedIOException("a string cannot fail to be written", e);
        }
        return text.append('\n').toString();
    }

    private void write(Shape shape, Object value) throws IOException {
        if (shape instanceof Shape.Leaf leaf) {
            scalar(leaf.scalar(), value);
        } else if (shape instanceof Shape.ListOf list) {
            list(list, (List<?>) value);
        } else if (shape instanceof Shape.MapOf) {
            map((Map<?, ?>) value);
        } else if (shape instanceof Shape.ChoiceOf choice) {
            choice(choice, value);
        } else if (shape instanceof Shape.Maybe maybe) {
            write(maybe.inner(), value);
        } else {
            object((Shape.ObjectOf) shape, value);
        }
    }

    private void scalar(ScalarType<?> type, Object value) throws IOException {
        if (value instanceof Boolean flag) {
            json.writeBoolean(flag);
        } else if (type instanceof Quantity quantity && quantity.unit() == Unit.COUNT) {
            json.writeNumber(((Number) value).longValue());
        } else {
            json.writeString(type.render(value));
        }
    }

    private void list(Shape.ListOf list, List<?> values) throws IOException {
        json.writeStartArray();
        for (Object value : values) {
            write(list.element(), value);
        }
        json.writeEndArray();
    }

    private void map(Map<?, ?> values) throws IOException {
        json.writeStartObject();
        for (Map.Entry<?, ?> entry : values.entrySet()) {
            json.writeStringField((String) entry.getKey(), (String) entry.getValue());
        }
        json.writeEndObject();
    }

    private void choice(Shape.ChoiceOf choice, Object value) throws IOException {
        json.writeStartObject();
        for (var variant : choice.variants().entrySet()) {
            if (variant.getValue().type().isInstance(value)) {
                json.writeFieldName(variant.getKey());
                write(variant.getValue(), value);
            }
        }
        json.writeEndObject();
    }

    private void object(Shape.ObjectOf object, Object value) throws IOException {
        if (object.bare()) {
            Shape.Field only = object.fields().get(0);
            write(only.shape(), component(only, value));
            return;
        }
        json.writeStartObject();
        for (Shape.Field field : object.fields()) {
            Object component = given(field, component(field, value));
            if (component != null) {
                json.writeFieldName(field.key());
                write(field.shape(), component);
            }
        }
        json.writeEndObject();
    }

    /** What stands in the file for this value; null for what is left out. */
    private static @Nullable Object given(Shape.Field field, Object component) {
        if (component instanceof Optional<?> optional) {
            return optional.orElse(null);
        }
        if (component instanceof OptionalLong optional) {
            return optional.isPresent() ? (Long) optional.getAsLong() : null;
        }
        boolean notGiven = field.shape() instanceof Shape.Leaf leaf && !isAllowed(leaf.scalar(), component);
        return notGiven ? null : component;
    }

    /** A default outside the range stands for "not given", such as the port of SRV records. */
    private static <R> boolean isAllowed(ScalarType<R> type, Object value) {
        R raw = type.parse(type.render(value));
        return raw != null && type.allows(raw);
    }

    private static Object component(Shape.Field field, Object record) {
        try {
            return field.accessor().invoke(record);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(field.key() + " cannot be read", e);
        }
    }
}
