package io.evenkeel.config;

import io.evenkeel.config.BalancerConfig.Policy;
import java.util.HashMap;
import java.util.Map;

/** Rules about how endpoints are picked that look at more than one key. */
final class BalancerChecks {

    private static final String THAT_DO_NOT_HASH = "least-connections, round-robin, random or peak-ewma";

    private final Bound bound;
    private final Problems problems;

    private BalancerChecks(Bound bound, Problems problems) {
        this.bound = bound;
        this.problems = problems;
    }

    static void run(Bound bound, Problems problems) {
        BalancerChecks checks = new BalancerChecks(bound, problems);
        for (int i = 0; bound.has("upstreams[" + i + "]"); i++) {
            String balancer = "upstreams[" + i + "].balancer";
            checks.key(balancer);
            checks.fallback(balancer + ".fallback");
            PathGroupChecks.run(bound, problems, balancer + ".key");
            checks.bound(balancer + ".bound-percent");
            checks.priorities(balancer + ".priorities");
            checks.locality(balancer);
        }
        for (int i = 0; bound.has("routes[" + i + "]"); i++) {
            checks.tags("routes[" + i + "]");
        }
    }

    private void key(String balancer) {
        Policy policy = bound.get(balancer + ".policy", Policy.class);
        String key = balancer + ".key";
        if (policy == null) {
            return;
        }
        if (policy.hashes() && !bound.has(key)) {
            String expected = "header, cookie, query, client-address or path-group";
            problems.add(bound.at(balancer + ".policy"), key, "missing, and " + name(policy) + " hashes it", expected);
        }
        if (!policy.hashes() && bound.has(key)) {
            problems.add(bound.at(key), key, name(policy) + " does not hash", "ring-hash or maglev besides a key");
        }
    }

    private void fallback(String path) {
        Policy fallback = bound.get(path, Policy.class);
        if (fallback != null && fallback.hashes()) {
            String what = name(fallback) + " hashes, and these requests have no key";
            problems.add(bound.at(path), path, what, THAT_DO_NOT_HASH);
        }
    }

    /** Below its fair share not everything that is in flight would have a place. */
    private void bound(String path) {
        Integer percent = bound.get(path, Integer.class);
        if (percent != null && percent > 0 && percent < 100) {
            problems.add(bound.at(path), path, percent + " is less than a fair share", "0 or ≥ 100");
        }
    }

    private void priorities(String list) {
        Map<Object, String> seen = new HashMap<>();
        for (int i = 0; bound.has(list + "[" + i + "]"); i++) {
            String path = list + "[" + i + "]";
            Map<?, ?> tags = bound.get(path, Map.class);
            String first = tags == null ? null : seen.putIfAbsent(tags, path);
            if (tags != null && tags.isEmpty()) {
                problems.add(bound.at(path), path, "no tags, which every endpoint has", "a tag such as role: primary");
            } else if (first != null) {
                problems.add(bound.at(path), path, "the tags of " + first + " again", "tags of its own");
            }
        }
    }

    private void locality(String balancer) {
        String path = balancer + ".locality.prefer";
        LocalityConfig.Prefer prefer = bound.get(path, LocalityConfig.Prefer.class);
        if (prefer == null || prefer == LocalityConfig.Prefer.NONE) {
            return;
        }
        String zone = bound.get("runtime.zone", String.class);
        if (prefer == LocalityConfig.Prefer.ZONE && (zone == null || zone.isEmpty())) {
            problems.add(bound.at(path), path, "zone, but the router does not know its own", "runtime.zone besides it");
        }
        Policy policy = bound.get(balancer + ".policy", Policy.class);
        if (policy != null && policy.hashes()) {
            String what = "given besides " + name(policy) + ": replicas elsewhere would send a key elsewhere";
            problems.add(bound.at(path), path, what, "none, or policy " + THAT_DO_NOT_HASH);
        }
    }

    private void tags(String route) {
        String path = route + ".tags-fallback";
        if (bound.has(path) && !bound.has(route + ".tags")) {
            problems.add(bound.at(path), path, "there are no tags to fall back from", "tags besides it");
        }
    }

    private static String name(Policy policy) {
        return Words.kebab(policy.name());
    }
}
