package io.evenkeel.balancer;

import io.evenkeel.balancer.endpoint.EndpointState;
import io.evenkeel.balancer.policy.LeastConnections;
import io.evenkeel.balancer.policy.LoadBalancer;
import io.evenkeel.balancer.policy.PickState;
import io.evenkeel.balancer.policy.RandomChoice;
import io.evenkeel.balancer.policy.RoundRobin;
import io.evenkeel.balancer.policy.Tried;
import io.evenkeel.config.BalancerConfig.Policy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The endpoints of an upstream at one moment, with a picker built for exactly them. Immutable; read once per request. */
public final class UpstreamSnapshot {

    private final List<EndpointState> endpoints;
    private final LoadBalancer balancer;

    private UpstreamSnapshot(List<EndpointState> endpoints, LoadBalancer balancer) {
        this.endpoints = endpoints;
        this.balancer = balancer;
    }

    /** The picker chooses among the endpoints that are fit and do not drain at this moment; the others are only listed. */
    static UpstreamSnapshot of(Policy policy, List<EndpointState> endpoints) {
        EndpointState[] ready = endpoints.stream()
                .filter(e -> !e.draining() && e.standing().fit())
                .toArray(EndpointState[]::new);
        return new UpstreamSnapshot(List.copyOf(endpoints), picker(policy, ready));
    }

    /** All endpoints, draining ones included, in the order discovery reported them. */
    public List<EndpointState> endpoints() {
        return endpoints;
    }

    /** Picks among the endpoints that may be sent new attempts. */
    public LoadBalancer balancer() {
        return balancer;
    }

    /** Short for {@code balancer().pick(state, key, tried)}. */
    public @Nullable EndpointState pick(PickState state, long key, Tried tried) {
        return balancer.pick(state, key, tried);
    }

    private static LoadBalancer picker(Policy policy, EndpointState[] ready) {
        return switch (policy) {
            case LEAST_CONNECTIONS -> new LeastConnections(ready);
            case ROUND_ROBIN -> new RoundRobin(ready);
            case RANDOM -> new RandomChoice(ready);
            case PEAK_EWMA, RING_HASH, MAGLEV -> throw new IllegalArgumentException("not available yet: " + policy);
        };
    }
}
