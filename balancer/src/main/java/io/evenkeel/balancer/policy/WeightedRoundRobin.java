package io.evenkeel.balancer.policy;

import io.evenkeel.balancer.endpoint.EndpointState;
import org.jspecify.annotations.Nullable;

/**
 * Each endpoint as often as its weight says, its turns spread out evenly among those of the others. Immutable.
 *
 * <p>The turns follow a walk over {@link Shares} and so need neither a table of turns nor a weight per endpoint that changes at every pick.
 */
final class WeightedRoundRobin implements LoadBalancer {

    private final EndpointState[] endpoints;
    private final Shares shares;

    /** @param weighted at least one */
    WeightedRoundRobin(WeightedEndpoints weighted) {
        this.endpoints = weighted.endpoints();
        this.shares = new Shares(weighted.weights());
    }

    @Override
    public @Nullable EndpointState pick(PickState state, long key, Tried tried) {
        int point = state.cursor(shares.length());
        int at = shares.at(point);
        for (int turn = 0; turn < Tried.MOST && tried.contains(endpoints[at]); turn++) {
            point = shares.after(point);
            at = shares.at(point);
        }
        state.cursorAt(shares.after(point));
        return endpoints[tried.nextUntried(endpoints, at)];
    }
}
