package io.evenkeel.discovery.consul;

import io.evenkeel.discovery.Endpoint;
import io.evenkeel.discovery.Endpoint.Health;
import java.util.List;

/**
 * What the checks of an instance and its node come to, with the weight that goes with it. When a node dies only its {@code serfHealth}
 * turns critical, the checks of its services stay as they were; maintenance is a critical check of its own. Immutable.
 *
 * @param weight 1–1,000
 */
record Judgement(Health health, int weight) {

    private static final Judgement OUT = new Judgement(Health.CRITICAL, Endpoint.DEFAULT_WEIGHT);

    /** One critical check is enough, of the service or the node. A weight of 0 or less is Consul's way of saying no traffic. */
    static Judgement of(ServiceEntry entry) {
        List<Check> checks = entry.checks();
        if (checks.stream().anyMatch(Check::critical)) {
            return OUT;
        }
        ServiceEntry.Weights weights = entry.instance().weights();
        if (checks.stream().anyMatch(Check::warning)) {
            return weighed(Health.WARNING, weights.warning());
        }
        return weighed(Health.PASSING, weights.passing());
    }

    private static Judgement weighed(Health health, int weight) {
        return weight <= 0 ? OUT : new Judgement(health, Math.min(weight, Endpoint.MAX_WEIGHT));
    }
}
