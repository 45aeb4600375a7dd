package io.evenkeel.config;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Rules about routes that look at more than one key. */
final class RouteChecks {

    private final Bound bound;
    private final Problems problems;
    private final Set<String> upstreams = new LinkedHashSet<>();
    private final Map<String, String> names = new HashMap<>();

    private RouteChecks(Bound bound, Problems problems) {
        this.bound = bound;
        this.problems = problems;
    }

    static void run(Bound bound, Problems problems) {
        RouteChecks checks = new RouteChecks(bound, problems);
        for (int i = 0; bound.has("upstreams[" + i + "]"); i++) {
            String name = bound.get("upstreams[" + i + "].name", String.class);
            if (name != null) {
                checks.upstreams.add(name);
            }
        }
        for (int i = 0; bound.has("routes[" + i + "]"); i++) {
            checks.upstream("routes[" + i + "].upstream");
            checks.name("routes[" + i + "]");
            checks.paths("routes[" + i + "]");
        }
    }

    private void upstream(String path) {
        String name = bound.get(path, String.class);
        if (name != null && !upstreams.contains(name)) {
            String expected = upstreams.isEmpty() ? "an upstream" : Words.suggest(name, upstreams);
            problems.add(bound.at(path), path, name + " is not the name of an upstream", expected);
        }
    }

    /** Names made from the match collide as well; metrics and logs could not tell such routes apart. */
    private void name(String route) {
        RouteConfig whole = bound.get(route, RouteConfig.class);
        if (whole == null) {
            return;
        }
        String first = names.putIfAbsent(whole.name(), route);
        if (first != null) {
            String path = route + ".name";
            problems.add(bound.at(path), path, whole.name() + " is the name of " + first, "a name of its own");
        }
    }

    private void paths(String route) {
        boolean prefix = bound.has(route + ".match.path-prefix");
        String exact = route + ".match.path";
        if (prefix && bound.has(exact)) {
            problems.add(bound.at(exact), exact, "given besides path-prefix", "one of them");
        }
        String rewrite = route + ".rewrite-path-prefix";
        if (!prefix && bound.get(rewrite, Optional.class) != null && bound.has(rewrite)) {
            problems.add(bound.at(rewrite), rewrite, "there is no prefix to replace", "match.path-prefix besides it");
        }
    }
}
