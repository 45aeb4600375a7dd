package io.evenkeel.config;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Rules about regular expressions that capture a key in a path. */
final class PathGroupChecks {

    private final Bound bound;
    private final Problems problems;

    private PathGroupChecks(Bound bound, Problems problems) {
        this.bound = bound;
        this.problems = problems;
    }

    /** @param key the path of a {@link HashKeyConfig} */
    static void run(Bound bound, Problems problems, String key) {
        PathGroupChecks checks = new PathGroupChecks(bound, problems);
        String list = key + ".path-group";
        for (int i = 0; bound.has(list + "[" + i + "]"); i++) {
            String path = list + "[" + i + "]";
            String pattern = bound.get(path, String.class);
            if (pattern != null) {
                checks.group(path, pattern);
            }
        }
    }

    private void group(String path, String pattern) {
        try {
            int groups = Pattern.compile(pattern).matcher("").groupCount();
            if (groups != 1) {
                String what = pattern + " has " + groups + " capturing groups";
                problems.add(bound.at(path), path, what, "one; (?: ) groups without capturing");
            }
        } catch (PatternSyntaxException e) {
            String what = pattern + " is no regular expression: " + e.getDescription();
            problems.add(bound.at(path), path, what, TextFormat.PATTERN.expected());
        }
    }
}
