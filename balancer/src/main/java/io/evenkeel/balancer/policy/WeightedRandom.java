package io.evenkeel.balancer.policy;

import io.evenkeel.balancer.endpoint.EndpointState;
import org.jspecify.annotations.Nullable;

/** Any endpoint, with chances by weight. Immutable. */
final class WeightedRandom implements LoadBalancer {

    private final EndpointState[] endpoints;
    private final Shares shares;

    /** @param weighted at least one */
    WeightedRandom(WeightedEndpoints weighted) {
        this.endpoints = weighted.endpoints();
        this.shares = new Shares(weighted.weights());
    }

    @Override
    public @Nullable EndpointState pick(PickState state, long key, Tried tried) {
        int at = shares.at(state.random(shares.length()));
        for (int draw = 0; draw < RandomChoice.DRAWS && tried.contains(endpoints[at]); draw++) {
            at = shares.at(state.random(shares.length()));
        }
        return endpoints[tried.nextUntried(endpoints, at)];
    }
}
