package io.evenkeel.balancer;

import org.jspecify.annotations.Nullable;

/** Any endpoint, with equal chances. Immutable. */
final class RandomChoice implements LoadBalancer {

    private final EndpointState[] endpoints;

    RandomChoice(EndpointState[] endpoints) {
        this.endpoints = endpoints;
    }

    @Override
    public @Nullable EndpointState pick(PickState state, @Nullable EndpointState avoid) {
        int size = endpoints.length;
        if (size == 0) {
            return null;
        }
        int at = state.random(size);
        if (endpoints[at] == avoid && size > 1) {
            at += 1 + state.random(size - 1);
            at = at >= size ? at - size : at;
        }
        return endpoints[at];
    }
}
