package io.evenkeel.balancer;

import org.jspecify.annotations.Nullable;

/** Picks an endpoint. Immutable; built for one snapshot; never allocates. */
public interface LoadBalancer {

    /**
     * Picks an endpoint other than {@code avoid} where there is another.
     *
     * @param avoid the endpoint of the failed attempt before this one
     * @return null when the snapshot has no endpoint
     */
    @Nullable
    EndpointState pick(PickState state, @Nullable EndpointState avoid);
}
