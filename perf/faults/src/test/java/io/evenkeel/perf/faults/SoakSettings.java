package io.evenkeel.perf.faults;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/** Configuration files of the soak: all of them valid and different, and some that are not. */
final class SoakSettings {

    /** With the last all requests have the same key, so that it is the bound which spreads them. */
    private static final List<String> POLICIES =
            List.of("least-connections", "round-robin", "random", "peak-ewma", "maglev, key: { header: Host }");

    /** What may be wrong with a file: no YAML, an unknown key, a value out of range, an upstream that does not exist. */
    private static final List<String> MISTAKES = List.of(
            "}{",
            "colour: blue\n",
            "upstreams: [{ name: empty, endpoints: [] }]\n",
            "routes: [{ upstream: nobody }]\n");

    private SoakSettings() {}

    /** A router of these endpoints, balanced as it comes. */
    static String valid(List<String> endpoints, SplittableRandom random) {
        return "admin: { address: 127.0.0.1:0 }\n"
                + "runtime: { event-loops: 2 }\n"
                + "listeners: [{ name: web, address: 127.0.0.1:0 }]\n"
                + "shutdown: { grace: 0s, deadline: 2s }\n"
                + "routes: [{ upstream: soaked }]\n"
                + "upstreams:\n"
                + "  - name: soaked\n"
                + "    balancer: { policy: " + POLICIES.get(random.nextInt(POLICIES.size())) + " }\n"
                + "    endpoints: [{ static: ["
                + endpoints.stream().collect(Collectors.joining(", ")) + "] }]\n"
                + "    merge: { flap-hold: 0s }\n"
                + "    health-check: { http: { path: /health }, interval: 1200ms, fast-interval: 200ms, timeout: "
                + (800 + random.nextInt(400)) + "ms }\n"
                + "    outlier-detection: { base-ejection: 1s, max-ejection: 5s, latency-factor: "
                + random.nextInt(2) * 10 + " }\n"
                + "    timeouts: { connect: 1s, response-head: 5s, total: 7s }\n"
                + "    pool: { idle-timeout: 1s }\n" // at rest there are none
                + "    retry: { per-try-timeout: 3s }\n"
                + "    circuit-breaker: { adaptive: { initial: 200, min: 100 } }\n"
                + "    drain: { deadline: 3s }\n";
    }

    /** The same, and something wrong with it. */
    static String invalid(String valid, SplittableRandom random) {
        return valid + MISTAKES.get(random.nextInt(MISTAKES.size()));
    }
}
