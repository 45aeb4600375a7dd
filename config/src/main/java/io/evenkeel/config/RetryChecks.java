package io.evenkeel.config;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Rules about what is tried again and how much is at work at once that look at more than one key. */
final class RetryChecks {

    /** RFC 9110 §9.2.2. */
    private static final Set<String> IDEMPOTENT = Set.of("GET", "HEAD", "PUT", "DELETE", "OPTIONS", "TRACE");

    private final Bound bound;
    private final Problems problems;

    private RetryChecks(Bound bound, Problems problems) {
        this.bound = bound;
        this.problems = problems;
    }

    static void run(Bound bound, Problems problems) {
        RetryChecks checks = new RetryChecks(bound, problems);
        for (int i = 0; bound.has("upstreams[" + i + "]"); i++) {
            String upstream = "upstreams[" + i + "]";
            checks.statuses(upstream + ".retry.statuses");
            checks.methods(upstream + ".retry");
            checks.perTryTimeout(upstream);
            checks.hedge(upstream);
            checks.adaptive(upstream + ".circuit-breaker.adaptive");
        }
    }

    /** What is no error is no reason to ask somebody else. */
    private void statuses(String list) {
        for (int i = 0; bound.has(list + "[" + i + "]"); i++) {
            String path = list + "[" + i + "]";
            String range = bound.get(path, String.class);
            if (range == null) {
                continue;
            }
            String[] ends = range.split("-", 2);
            if (Integer.parseInt(ends[0]) < 400) {
                problems.add(bound.at(path), path, range + " is no error", "statuses from 400 to 599");
            } else if (ends[ends.length - 1].compareTo(ends[0]) < 0) {
                problems.add(bound.at(path), path, range + " ends before it begins", ends[1] + "-" + ends[0]);
            }
        }
    }

    private void methods(String retry) {
        boolean conditional = bound.has(retry + ".required-field");
        String list = retry + ".methods";
        for (int i = 0; bound.has(list + "[" + i + "]"); i++) {
            String path = list + "[" + i + "]";
            String method = bound.get(path, String.class);
            if (method != null && IDEMPOTENT.contains(method)) {
                problems.add(bound.at(path), path, method + " is idempotent and repeated anyway", "other methods");
            } else if (method != null && !conditional) {
                String what = method + " is not idempotent: repeating it may do its work twice";
                problems.add(bound.at(path), path, what, "required-field besides it, such as Idempotency-Key");
            }
        }
        if (conditional && !bound.has(list)) {
            String path = retry + ".required-field";
            problems.add(bound.at(path), path, "there are no methods that need it", "methods besides it, such as POST");
        }
    }

    private void perTryTimeout(String upstream) {
        String path = upstream + ".retry.per-try-timeout";
        Duration perTry = bound.get(path, Duration.class);
        if (perTry == null || perTry.isZero()) {
            return;
        }
        for (String other : List.of("response-head", "total")) {
            Duration limit = bound.get(upstream + ".timeouts." + other, Duration.class);
            if (limit != null && !limit.isZero() && perTry.compareTo(limit) > 0) {
                String most = Unit.TIME.render(limit.toNanos(), "");
                problems.add(bound.at(path), path, "is longer than timeouts." + other, "≤ " + most);
            }
        }
    }

    /** A hedge is an attempt, and paid for like a retry. */
    private void hedge(String upstream) {
        String path = upstream + ".retry.hedge";
        if (!bound.has(path)) {
            return;
        }
        if (Integer.valueOf(1).equals(bound.get(upstream + ".max-attempts", Integer.class))) {
            problems.add(bound.at(path), path, "is a second attempt, and max-attempts is 1", "max-attempts ≥ 2");
        }
        if (isZero(upstream + ".retry.budget-percent") && isZero(upstream + ".retry.budget-min-per-second")) {
            problems.add(bound.at(path), path, "is paid for by a retry budget of nothing", "budget-percent ≥ 1");
        }
    }

    private boolean isZero(String path) {
        return Integer.valueOf(0).equals(bound.get(path, Integer.class));
    }

    private void adaptive(String path) {
        Integer initial = bound.get(path + ".initial", Integer.class);
        Integer min = bound.get(path + ".min", Integer.class);
        Integer max = bound.get(path + ".max", Integer.class);
        if (initial == null || min == null || max == null) {
            return;
        }
        if (min > initial) {
            problems.add(bound.at(path), path, "begins at " + initial + ", below its min", "min ≤ initial ≤ max");
        } else if (initial > max) {
            problems.add(bound.at(path), path, "begins at " + initial + ", above its max", "min ≤ initial ≤ max");
        }
    }
}
