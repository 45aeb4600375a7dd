package io.evenkeel.balancer.policy;

import io.evenkeel.balancer.endpoint.EndpointState;
import org.jspecify.annotations.Nullable;

/** Picks an endpoint. Immutable; built for one snapshot; never allocates. */
public interface LoadBalancer {

    /** The key of a request that has none. */
    long NO_KEY = 0;

    /** Of no endpoints. */
    LoadBalancer NOTHING = (state, key, tried) -> null;

    /**
     * Picks an endpoint that has not been tried, where there is one.
     *
     * @param key a hash of what tells which requests belong together, or {@link #NO_KEY}; policies that do not hash ignore it
     * @param tried endpoints that this exchange had better not be sent to
     * @return null when there is no endpoint at all
     */
    @Nullable
    EndpointState pick(PickState state, long key, Tried tried);
}
