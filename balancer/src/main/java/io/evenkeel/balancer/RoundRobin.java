package io.evenkeel.balancer;

import org.jspecify.annotations.Nullable;

/** Each endpoint in its turn, whatever it is doing. Immutable. */
final class RoundRobin implements LoadBalancer {

    private final EndpointState[] endpoints;

    RoundRobin(EndpointState[] endpoints) {
        this.endpoints = endpoints;
    }

    @Override
    public @Nullable EndpointState pick(PickState state, @Nullable EndpointState avoid) {
        int size = endpoints.length;
        if (size == 0) {
            return null;
        }
        int at = state.cursor(size);
        if (endpoints[at] == avoid) {
            at = at + 1 == size ? 0 : at + 1;
        }
        state.advanceFrom(at);
        return endpoints[at];
    }
}
