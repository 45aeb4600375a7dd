package io.evenkeel.config;

import java.util.Locale;

/** The sentence about a knob that follows from its annotation: kind, range and default. */
final class Facts {

    private Facts() {}

    /** Such as {@code Size, 1KiB to 64KiB, default 16KiB.} */
    static String of(Shape.Field field) {
        Shape shape = field.shape() instanceof Shape.Maybe maybe ? maybe.inner() : field.shape();
        String kind = shape instanceof Shape.ListOf list
                ? many(list)
                : shape instanceof Shape.MapOf ? "Tags" : kind(((Shape.Leaf) shape).scalar());
        return kind + ", " + byDefault(field) + ".";
    }

    private static String many(Shape.ListOf list) {
        String atLeast = list.atLeast() == 0 ? "" : ", at least " + list.atLeast();
        if (list.element() instanceof Shape.MapOf) {
            return "Sets of tags" + atLeast;
        }
        String kind = kind(((Shape.Leaf) list.element()).scalar());
        return kind + (kind.endsWith("s") ? "es" : "s") + atLeast;
    }

    private static String kind(ScalarType<?> type) {
        if (type instanceof Quantity quantity) {
            Unit unit = quantity.unit();
            String counted = unit == Unit.TIME ? "Duration" : unit == Unit.BYTES ? "Size" : "Count";
            return counted + ", " + quantity.range("");
        }
        if (type instanceof Constant constant) {
            return Words.oneOf(constant.names());
        }
        if (type instanceof Text text) {
            return text.format() == TextFormat.DNS_NAME ? "DNS name" : sentence(text.format());
        }
        return type instanceof Flag
                ? "true or false"
                : type instanceof Block ? "Address block" : type instanceof SecretText ? "Secret" : "Address";
    }

    private static String sentence(TextFormat format) {
        String name = format == TextFormat.PSEUDONYM ? "TOKEN" : format.name().replace("INPUT_", "");
        return name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String byDefault(Shape.Field field) {
        if (field.required()) {
            return "required";
        }
        String[] given = field.knob().byDefault();
        return "default " + (given.length == 0 || given[0].isEmpty() ? "none" : given[0]);
    }
}
