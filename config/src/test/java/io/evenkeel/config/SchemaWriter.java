package io.evenkeel.config;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The JSON Schema of the configuration, made from the same shapes the loader binds by. */
final class SchemaWriter {

    private static final ObjectMapper JSON = new ObjectMapper();

    private SchemaWriter() {}

    static String schema() {
        ObjectNode schema = JSON.createObjectNode();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("title", "evenkeel.yaml");
        schema.setAll(object(Shapes.of(RouterConfig.class)));
        schema.putObject("$defs")
                .putObject("variable")
                .put("description", "A value with ${NAME} or ${NAME:-default} in it, filled in from the environment.")
                .put("type", "string")
                .put("pattern", "\\$\\{");
        return schema.toPrettyString() + "\n";
    }

    private static ObjectNode object(Shape.ObjectOf object) {
        ObjectNode schema = mapping(Javadocs.of(object.type()));
        ArrayNode required = JSON.createArrayNode();
        for (Shape.Field field : object.fields()) {
            String description = Javadocs.of(object.type(), field.accessor().getName());
            schema.withObject("properties").set(field.key(), described(value(field.shape()), description));
            if (field.secret()) {
                ObjectNode file =
                        JSON.createObjectNode().put("description", "The file that holds " + field.key() + ".");
                schema.withObject("properties").set(SecretFiles.key(field), file.put("type", "string"));
            } else if (field.required()) {
                required.add(field.key());
            }
        }
        return required.isEmpty() ? schema : schema.set("required", required);
    }

    private static ObjectNode mapping(String description) {
        ObjectNode schema = JSON.createObjectNode();
        return schema.put("description", description.replace("`", ""))
                .put("type", "object")
                .put("additionalProperties", false);
    }

    private static ObjectNode described(ObjectNode schema, String description) {
        ObjectNode described = JSON.createObjectNode();
        described.put("description", description.replace("`", ""));
        schema.remove("description");
        return described.setAll(schema);
    }

    private static ObjectNode value(Shape shape) {
        if (shape instanceof Shape.ListOf list) {
            ObjectNode schema = JSON.createObjectNode().put("type", "array").put("minItems", list.atLeast());
            return schema.set("items", value(list.element()));
        }
        if (shape instanceof Shape.MapOf map) {
            ObjectNode schema = JSON.createObjectNode().put("type", "object");
            return schema.set("additionalProperties", scalar(map.text()));
        }
        if (shape instanceof Shape.Maybe maybe) {
            return value(maybe.inner());
        }
        if (shape instanceof Shape.ChoiceOf choice) {
            return choice(choice);
        }
        if (shape instanceof Shape.ObjectOf object) {
            return object.bare() ? value(object.fields().get(0).shape()) : object(object);
        }
        return scalar(((Shape.Leaf) shape).scalar());
    }

    private static ObjectNode choice(Shape.ChoiceOf choice) {
        ObjectNode schema =
                mapping("Exactly one of these.").put("minProperties", 1).put("maxProperties", 1);
        choice.variants().forEach((key, variant) -> schema.withObject("properties")
                .set(key, described(value(variant), Javadocs.of(variant.type()))));
        return schema;
    }

    private static ObjectNode scalar(ScalarType<?> type) {
        ObjectNode schema = JSON.createObjectNode();
        ArrayNode anyOf = schema.putArray("anyOf");
        if (type instanceof Quantity quantity) {
            quantity(quantity, anyOf);
        } else if (type instanceof SecretText) {
            anyOf.addObject().put("type", "string").put("minLength", 1);
        } else if (type instanceof Flag) {
            anyOf.addObject().put("type", "boolean");
        } else if (type instanceof Constant constant) {
            ArrayNode names = anyOf.addObject().putArray("enum");
            constant.names().forEach(names::add);
        } else {
            pattern(anyOf, regex(type));
        }
        anyOf.addObject().put("$ref", "#/$defs/variable");
        return schema;
    }

    private static String regex(ScalarType<?> type) {
        if (type instanceof Text text) {
            return text.format().regex();
        }
        return type instanceof Block ? "[0-9A-Fa-f:.]+(/[0-9]{1,3})?" : "(\\[[^\\[\\]]+\\]|[^:\\[\\]]+):[0-9]{1,5}";
    }

    private static void pattern(ArrayNode anyOf, String regex) {
        anyOf.addObject().put("type", "string").put("pattern", "^(?:" + regex + ")$");
    }

    private static void quantity(Quantity quantity, ArrayNode anyOf) {
        if (quantity.unit() == Unit.TIME) {
            if (quantity.min() == 0) {
                anyOf.addObject().put("const", 0);
            }
            pattern(anyOf, "([0-9]+(d|h|m|s|ms|us|ns))+");
            return;
        }
        anyOf.addObject().put("type", "integer").put("minimum", quantity.min()).put("maximum", quantity.max());
        if (quantity.unit() == Unit.BYTES) {
            pattern(anyOf, "[0-9]+(KiB|MiB|GiB|TiB)?");
        }
    }
}
