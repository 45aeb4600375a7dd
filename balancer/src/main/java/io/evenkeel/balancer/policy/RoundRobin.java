package io.evenkeel.balancer.policy;

import io.evenkeel.balancer.endpoint.EndpointState;
import org.jspecify.annotations.Nullable;

/** Each endpoint in its turn, whatever it is doing. Immutable. */
public final class RoundRobin implements LoadBalancer {

    private final EndpointState[] endpoints;

    public RoundRobin(EndpointState[] endpoints) {
        this.endpoints = endpoints;
    }

    @Override
    public @Nullable EndpointState pick(PickState state, long key, Tried tried) {
        int size = endpoints.length;
        if (size == 0) {
            return null;
        }
        int at = tried.nextUntried(endpoints, state.cursor(size));
        state.advanceFrom(at);
        return endpoints[at];
    }
}
