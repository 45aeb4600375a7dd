package io.evenkeel.config;

import java.time.Duration;

/** Rules about overload and drain that look at more than one key. */
final class OverloadChecks {

    /** With fewer, one connection is more than the five points of pressure between two actions. */
    private static final int FEWEST_CONNECTIONS = 20;

    private final Bound bound;
    private final Problems problems;

    private OverloadChecks(Bound bound, Problems problems) {
        this.bound = bound;
        this.problems = problems;
    }

    static void run(Bound bound, Problems problems) {
        OverloadChecks checks = new OverloadChecks(bound, problems);
        checks.order("overload.stop-accepting-at", "overload.shorten-keep-alive-at");
        checks.order("overload.shorten-keep-alive-at", "overload.reject-at");
        checks.connections("overload.connections");
        for (int i = 0; bound.has("upstreams[" + i + "]"); i++) {
            checks.sticky("upstreams[" + i + "].drain");
        }
    }

    private void order(String first, String then) {
        Integer from = bound.get(first, Integer.class);
        Integer to = bound.get(then, Integer.class);
        if (from != null && to != null && from > to) {
            problems.add(bound.at(then), then, to + " is below " + first, "≥ " + from);
        }
    }

    private void connections(String path) {
        Integer most = bound.get(path, Integer.class);
        if (most != null && most > 0 && most < FEWEST_CONNECTIONS) {
            problems.add(
                    bound.at(path), path, most + " leaves no room between the actions", "0 or ≥ " + FEWEST_CONNECTIONS);
        }
    }

    /** One that is not given is at most the deadline. */
    private void sticky(String drain) {
        String path = drain + ".sticky";
        Duration deadline = bound.get(drain + ".deadline", Duration.class);
        Duration sticky = bound.get(path, Duration.class);
        if (bound.has(path)
                && deadline != null
                && sticky != null
                && !deadline.isZero()
                && sticky.compareTo(deadline) > 0) {
            String most = Unit.TIME.render(deadline.toNanos(), " ");
            problems.add(bound.at(path), path, "is longer than " + drain + ".deadline", "≤ " + most);
        }
    }
}
