package io.evenkeel.rebalancer;

import io.evenkeel.config.RebalanceConfig;
import io.evenkeel.rebalancer.plan.Cluster;
import io.evenkeel.rebalancer.plan.Service;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Services whose last move failed: they are left alone for a while, twice as long each time.
 *
 * <p><b>Threading.</b> Confined to one thread.
 */
final class Refusals {

    /** Doubling stops here; the configuration's limit is long since reached. */
    private static final int MAX_DOUBLINGS = 20;

    /** Where no cool-down is configured, a failure must still not be repeated at once. */
    private static final Duration LEAST = Duration.ofSeconds(10);

    private final RebalanceConfig config;
    private final Map<String, Refusal> refused = new HashMap<>();

    Refusals(RebalanceConfig config) {
        this.config = config;
    }

    void refuse(String serviceId, String why, Instant now) {
        Refusal before = refused.get(serviceId);
        int times = before == null ? 0 : before.times + 1;
        Duration base = config.coolDown().compareTo(LEAST) < 0 ? LEAST : config.coolDown();
        Duration wait = base.multipliedBy(1L << Math.min(times, MAX_DOUBLINGS));
        Duration most = config.maxBackOff().compareTo(base) < 0 ? base : config.maxBackOff();
        refused.put(serviceId, new Refusal(why, now.plus(wait.compareTo(most) < 0 ? wait : most), times));
    }

    /** When the first of them may be moved again; empty if there is none. */
    Optional<Instant> over(Instant now) {
        return refused.values().stream()
                .map(Refusal::until)
                .filter(until -> !until.isBefore(now))
                .min(Comparator.naturalOrder());
    }

    void forget(String serviceId) {
        refused.remove(serviceId);
    }

    /** The cluster with those services untouchable. */
    Cluster applied(Cluster cluster, Instant now) {
        return new Cluster(
                cluster.nodes(),
                cluster.services().stream()
                        .map(service -> applied(service, now))
                        .toList(),
                cluster.tasks());
    }

    private Service applied(Service service, Instant now) {
        Refusal refusal = refused.get(service.id());
        if (refusal == null
                || now.isAfter(refusal.until)
                || service.untouchable().isPresent()) {
            return service;
        }
        return new Service(
                service.id(),
                service.name(),
                service.replicas(),
                service.placement(),
                service.reservation(),
                service.swap(),
                Optional.of(refusal.why + "; left alone until " + refusal.until));
    }

    private record Refusal(String why, Instant until, int times) {}
}
