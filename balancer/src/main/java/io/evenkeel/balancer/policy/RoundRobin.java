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
        int first = state.cursor(size);
        int at = first;
        while (tried.contains(endpoints[at])) {
            at = at + 1 == size ? 0 : at + 1;
            if (at == first) {
                break;
            }
        }
        state.advanceFrom(at);
        return endpoints[at];
    }
}
