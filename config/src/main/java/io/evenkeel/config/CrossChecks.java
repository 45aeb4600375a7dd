package io.evenkeel.config;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** The rules that look at more than one key. They run on whatever was bound, so that no error hides another. */
final class CrossChecks {

    private final Bound bound;
    private final Problems problems;

    private CrossChecks(Bound bound, Problems problems) {
        this.bound = bound;
        this.problems = problems;
    }

    static void run(Bound bound, Problems problems) {
        CrossChecks checks = new CrossChecks(bound, problems);
        checks.notShorter("shutdown.deadline", "shutdown.grace");
        checks.notShorter("rebalance.max-back-off", "rebalance.stable-for");
        checks.uniqueNames("listeners");
        checks.uniqueNames("upstreams");
        checks.listenerAddresses();
        TlsChecks.run(bound, problems);
        RouteChecks.run(bound, problems);
        UpstreamChecks.run(bound, problems);
        BalancerChecks.run(bound, problems);
        OverloadChecks.run(bound, problems);
        RetryChecks.run(bound, problems);
        AffinityChecks.run(bound, problems);
        UpgradeChecks.run(bound, problems);
        TcpChecks.run(bound, problems);
    }

    /** What includes another wait lasts at least as long. */
    private void notShorter(String longer, String shorter) {
        Duration whole = bound.get(longer, Duration.class);
        Duration part = bound.get(shorter, Duration.class);
        if (whole != null && part != null && part.compareTo(whole) > 0) {
            String least = Unit.TIME.render(part.toNanos(), " ");
            problems.add(bound.at(longer), longer, "ends before " + shorter + " does", "≥ " + least);
        }
    }

    private void uniqueNames(String list) {
        Map<String, String> seen = new HashMap<>();
        for (int i = 0; bound.has(list + "[" + i + "]"); i++) {
            String path = list + "[" + i + "].name";
            String name = bound.get(path, String.class);
            String first = name == null ? null : seen.putIfAbsent(name, list + "[" + i + "]");
            if (first != null) {
                problems.add(bound.at(path), path, name + " is the name of " + first, "a name of its own");
            }
        }
    }

    private void listenerAddresses() {
        Map<HostPort, String> seen = new HashMap<>();
        HostPort admin = bound.get("admin.address", HostPort.class);
        if (admin != null) {
            seen.put(admin, "admin");
        }
        for (int i = 0; bound.has("listeners[" + i + "]"); i++) {
            String path = "listeners[" + i + "].address";
            HostPort address = bound.get(path, HostPort.class);
            boolean fixed = address != null && address.port() != 0;
            String first = fixed ? seen.putIfAbsent(address, "listeners[" + i + "]") : null;
            if (first != null) {
                problems.add(bound.at(path), path, address + " is the address of " + first, "an address of its own");
            }
        }
    }
}
