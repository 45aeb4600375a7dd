package io.evenkeel.config;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** Rules about regular expressions that capture a key in a path. */
final class PathGroupChecks {

    private PathGroupChecks() {}

    /** @param key the path of a {@link HashKeyConfig} */
    static void run(Bound bound, Problems problems, String key) {
        String list = key + ".path-group";
        for (int i = 0; bound.has(list + "[" + i + "]"); i++) {
            String path = list + "[" + i + "]";
            String pattern = bound.get(path, String.class);
            String wrong = pattern == null ? null : wrong(pattern);
            if (wrong != null) {
                problems.add(bound.at(path), path, wrong, TextFormat.PATTERN.expected());
            }
        }
    }

    /** What is wrong with it, or null. */
    private static @Nullable String wrong(String pattern) {
        try {
            int groups = Pattern.compile(pattern).matcher("").groupCount();
            return groups == 1 ? null : pattern + " has " + groups + " capturing groups";
        } catch (PatternSyntaxException e) {
            return pattern + ": " + e.getDescription() + " at " + Math.max(0, e.getIndex());
        }
    }
}
