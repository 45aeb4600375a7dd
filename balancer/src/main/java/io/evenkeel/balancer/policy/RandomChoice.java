package io.evenkeel.balancer.policy;

import io.evenkeel.balancer.endpoint.EndpointState;
import org.jspecify.annotations.Nullable;

/** Any endpoint, with equal chances. Immutable. */
public final class RandomChoice implements LoadBalancer {

    /** How often one that was tried is drawn before the next in order is taken: keeps the chances equal. */
    static final int DRAWS = 8;

    private final EndpointState[] endpoints;

    public RandomChoice(EndpointState[] endpoints) {
        this.endpoints = endpoints;
    }

    @Override
    public @Nullable EndpointState pick(PickState state, long key, Tried tried) {
        int size = endpoints.length;
        if (size == 0) {
            return null;
        }
        int first = state.random(size);
        for (int draw = 0; draw < DRAWS && tried.contains(endpoints[first]); draw++) {
            first = state.random(size);
        }
        return endpoints[tried.nextUntried(endpoints, first)];
    }
}
