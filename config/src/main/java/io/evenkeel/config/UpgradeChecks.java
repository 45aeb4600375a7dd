package io.evenkeel.config;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Rules about the protocols that a route lets a connection turn into. */
final class UpgradeChecks {

    /** Other ways to speak HTTP, whose requests would pass unseen behind the first one; by upgrade they are obsolete besides (RFC 9113 §3.1). */
    private static final Set<String> HTTP = Set.of("h2c", "h2", "h3", "http");

    private UpgradeChecks() {}

    static void run(Bound bound, Problems problems) {
        for (int i = 0; bound.has("routes[" + i + "]"); i++) {
            RouteConfig route = bound.get("routes[" + i + "]", RouteConfig.class);
            if (route != null) {
                check(bound, problems, "routes[" + i + "].upgrades", route.upgrades());
            }
        }
    }

    private static void check(Bound bound, Problems problems, String path, List<String> upgrades) {
        for (int i = 0; i < upgrades.size(); i++) {
            if (HTTP.contains(upgrades.get(i).toLowerCase(Locale.ROOT))) {
                String at = path + "[" + i + "]";
                String what = upgrades.get(i) + " would let requests pass unseen";
                problems.add(bound.at(at), at, what, "a protocol other than HTTP; HTTP/2 needs no upgrade");
            }
        }
    }
}
