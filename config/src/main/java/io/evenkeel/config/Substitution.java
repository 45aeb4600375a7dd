package io.evenkeel.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Fills in the variables of scalar values: a dollar sign and, in braces, a name or {@code NAME:-default}; two dollar
 * signs before a brace stand for one. As in a shell, the default also replaces a variable that is set but empty. What
 * is put in is not looked at again.
 */
final class Substitution {

    private static final Pattern REFERENCE =
            Pattern.compile("\\$\\$\\{|\\$\\{([A-Za-z_][A-Za-z0-9_]*)(:-([^}]*))?\\}|\\$\\{");

    private final Environment environment;
    private final Problems problems;

    Substitution(Environment environment, Problems problems) {
        this.environment = environment;
        this.problems = problems;
    }

    /** The text with its variables filled in, or null when an error was reported. */
    @Nullable
    String apply(String text, Position at, String path) {
        if (text.indexOf("${") < 0) {
            return text;
        }
        StringBuilder filled = new StringBuilder();
        Matcher reference = REFERENCE.matcher(text);
        int from = 0;
        while (reference.find()) {
            String value = resolve(reference, at, path);
            if (value == null) {
                return null;
            }
            filled.append(text, from, reference.start()).append(value);
            from = reference.end();
        }
        return filled.append(text, from, text.length()).toString();
    }

    private @Nullable String resolve(Matcher reference, Position at, String path) {
        String name = reference.group(1);
        if (name == null) {
            boolean escaped = reference.group().startsWith("$$");
            if (!escaped) {
                problems.add(at, path, "incomplete variable", "${NAME}, ${NAME:-default} or $${ for a literal ${");
            }
            return escaped ? "${" : null;
        }
        String value = environment.value(name);
        String byDefault = reference.group(3);
        if (byDefault != null) {
            return value == null || value.isEmpty() ? byDefault : value;
        }
        if (value == null) {
            problems.add(
                    at,
                    path,
                    "variable " + name + " is not set",
                    "a value in the environment, or ${" + name + ":-default}");
        }
        return value;
    }
}
