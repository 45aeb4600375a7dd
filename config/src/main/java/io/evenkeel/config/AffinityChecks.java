package io.evenkeel.config;

/** Rules about what brings requests back to an endpoint, and about limits of routes. */
final class AffinityChecks {

    private static final int LEAST_SECRET = 16;

    private final Bound bound;
    private final Problems problems;

    private AffinityChecks(Bound bound, Problems problems) {
        this.bound = bound;
        this.problems = problems;
    }

    static void run(Bound bound, Problems problems) {
        AffinityChecks checks = new AffinityChecks(bound, problems);
        for (int i = 0; bound.has("upstreams[" + i + "]"); i++) {
            String balancer = "upstreams[" + i + "].balancer";
            checks.secret(balancer + ".sticky");
            checks.sameSite(balancer + ".sticky");
            PathGroupChecks.run(bound, problems, balancer + ".stick-table.key");
        }
        for (int i = 0; bound.has("routes[" + i + "]"); i++) {
            PathGroupChecks.run(bound, problems, "routes[" + i + "].rate-limit.key");
            checks.maxKeys("routes[" + i + "].rate-limit");
        }
    }

    private void secret(String sticky) {
        String path = sticky + ".secret";
        Secret secret = bound.get(path, Secret.class);
        if (secret != null && secret.value().length() < LEAST_SECRET) {
            String what = "too short: " + secret.value().length() + " characters";
            problems.add(bound.at(path), path, what, "at least " + LEAST_SECRET + " characters, chosen at random");
        }
    }

    /** RFC 6265bis §5.7: browsers drop such a cookie. */
    private void sameSite(String sticky) {
        String path = sticky + ".same-site";
        boolean none = bound.get(path, StickyConfig.SameSite.class) == StickyConfig.SameSite.NONE;
        if (none && Boolean.FALSE.equals(bound.get(sticky + ".secure", Boolean.class))) {
            problems.add(bound.at(path), path, "none without secure, which browsers ignore", "secure: true besides it");
        }
    }

    private void maxKeys(String limit) {
        String path = limit + ".max-keys";
        if (bound.has(path) && !bound.has(limit + ".key")) {
            problems.add(bound.at(path), path, "there is no key", "key besides it");
        }
    }
}
