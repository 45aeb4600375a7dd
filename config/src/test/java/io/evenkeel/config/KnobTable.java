package io.evenkeel.config;

import java.util.ArrayList;
import java.util.List;

/** Every knob with its key, facts and description, and the page of documentation made of them. */
final class KnobTable {

    /** One knob. */
    record Row(String key, Knob.Need need, String facts, String description) {

        /** The description without the facts, which have a column of their own. */
        String cost() {
            String rest = description.replace(facts, "").replaceAll("\\s+", " ").strip();
            return Character.toUpperCase(rest.charAt(0)) + rest.substring(1);
        }
    }

    private static final String HEAD =
            """
            # Configuration

            Every key of `evenkeel.yaml`, by how often one needs it. Made from the records in `config`; do not edit.
            Editors complete keys with the JSON Schema in [evenkeel.schema.json](../config/evenkeel.schema.json).

            - Sizes: a number of bytes, or with `KiB`, `MiB`, `GiB`, `TiB`.
            - Durations: a number with `ns`, `us`, `ms`, `s`, `m`, `h` or `d`, also joined (`1m30s`).
            - `${NAME}` and `${NAME:-default}` in a value are filled in from the environment; `$${` is a literal `${`.
            - Unknown keys, keys given twice and values out of range are errors; `evenkeel check` prints all at once.
            """;

    private final List<Row> rows = new ArrayList<>();

    private KnobTable() {}

    /** All knobs, in the order of the records. */
    static List<Row> rows() {
        KnobTable table = new KnobTable();
        table.object(Shapes.of(RouterConfig.class), "");
        return table.rows;
    }

    /** The page in Markdown. */
    static String page() {
        StringBuilder page = new StringBuilder(HEAD);
        for (Knob.Need need : Knob.Need.values()) {
            String name = need.name();
            page.append("\n## ")
                    .append(name.charAt(0))
                    .append(Words.kebab(name).substring(1))
                    .append("\n\n");
            page.append("| key | allowed, default | what it is, and what more or less of it costs |\n|---|---|---|\n");
            for (Row row : rows()) {
                if (row.need() == need) {
                    page.append("| `")
                            .append(row.key())
                            .append("` | ")
                            .append(row.facts(), 0, row.facts().length() - 1);
                    page.append(" | ").append(row.cost()).append(" |\n");
                }
            }
        }
        return page.toString();
    }

    private void object(Shape.ObjectOf object, String path) {
        for (Shape.Field field : object.fields()) {
            String key = object.bare() ? path : MappingBinder.below(path, field.key());
            if (isKnob(field.shape())) {
                String description = Javadocs.of(object.type(), field.accessor().getName());
                rows.add(new Row(key, field.knob().need(), Facts.of(field), description));
            } else {
                nested(field.shape(), key);
            }
        }
    }

    private static boolean isKnob(Shape shape) {
        return shape instanceof Shape.Leaf
                || shape instanceof Shape.MapOf
                || (shape instanceof Shape.Maybe maybe && isKnob(maybe.inner()))
                || (shape instanceof Shape.ListOf list && isKnob(list.element()));
    }

    private void nested(Shape shape, String key) {
        if (shape instanceof Shape.ListOf list) {
            nested(list.element(), key + "[]");
        } else if (shape instanceof Shape.Maybe maybe) {
            nested(maybe.inner(), key);
        } else if (shape instanceof Shape.ChoiceOf choice) {
            choice.variants().forEach((variant, object) -> object(object, MappingBinder.below(key, variant)));
        } else {
            object((Shape.ObjectOf) shape, key);
        }
    }
}
