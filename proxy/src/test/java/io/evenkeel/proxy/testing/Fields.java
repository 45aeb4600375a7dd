package io.evenkeel.proxy.testing;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The field lines of one section, in the order they came. Immutable. */
public record Fields(List<Field> lines) {

    public Fields {
        lines = List.copyOf(lines);
    }

    /** Whether there is a line of this name, in any case. */
    public boolean has(String name) {
        return lines.stream().anyMatch(line -> line.is(name));
    }

    /** The values of every line of this name, in order. */
    public List<String> all(String name) {
        return lines.stream().filter(line -> line.is(name)).map(Field::value).toList();
    }

    /** The lines of this name joined with commas (RFC 9110 §5.3); empty where there is none. */
    public String joined(String name) {
        return String.join(", ", all(name));
    }

    /** Whether the comma list of this name has this member, in any case. */
    public boolean lists(String name, String member) {
        return List.of(joined(name).toLowerCase(Locale.ROOT).split("\\s*,\\s*"))
                .contains(member.toLowerCase(Locale.ROOT));
    }

    @Override
    public String toString() {
        return lines.stream().map(Field::toString).collect(Collectors.joining("\n"));
    }
}
