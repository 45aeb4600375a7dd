package io.evenkeel.config;

import java.time.Duration;

/** Rules about when endpoints are asked, and about outlier detection, that look at more than one key. */
final class HealthChecks {

    private final Bound bound;
    private final Problems problems;

    private HealthChecks(Bound bound, Problems problems) {
        this.bound = bound;
        this.problems = problems;
    }

    /** @param upstream the path of one upstream */
    static void run(String upstream, Bound bound, Problems problems) {
        HealthChecks checks = new HealthChecks(bound, problems);
        String check = upstream + ".health-check";
        checks.notAbove(
                check + ".timeout", check + ".interval", "is longer than the interval, and checks never overlap");
        checks.notAbove(check + ".fast-interval", check + ".interval", "is slower than the interval");
        checks.phi(check + ".phi");
        ProbeChecks.run(check, bound, problems);
        String outliers = upstream + ".outlier-detection";
        checks.notAbove(outliers + ".base-ejection", outliers + ".max-ejection", "is longer than the longest ejection");
    }

    /** Where one of the two was given: defaults agree with each other. */
    private void notAbove(String path, String limit, String what) {
        Duration value = bound.get(path, Duration.class);
        Duration most = bound.get(limit, Duration.class);
        if (value != null && most != null && value.compareTo(most) > 0) {
            String given = bound.has(path) ? path : limit;
            boolean own = given.equals(path);
            String expected = (own ? "≤ " : "≥ ") + Unit.TIME.render((own ? most : value).toNanos(), " ");
            problems.add(bound.at(given), given, own ? what : "is less than " + lastKey(path), expected);
        }
    }

    private void phi(String phi) {
        Integer weaken = bound.get(phi + ".weaken-at", Integer.class);
        Integer eject = bound.get(phi + ".eject-at", Integer.class);
        if (weaken != null && eject != null && weaken >= eject) {
            String path = bound.has(phi + ".weaken-at") ? phi + ".weaken-at" : phi + ".eject-at";
            boolean own = path.endsWith("weaken-at");
            String what = own ? "is not below eject-at" : "is not above weaken-at";
            problems.add(bound.at(path), path, what, own ? "< " + eject : "> " + weaken);
        }
    }

    private static String lastKey(String path) {
        return path.substring(path.lastIndexOf('.') + 1);
    }
}
