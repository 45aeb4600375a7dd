package io.evenkeel.balancer;

import io.evenkeel.balancer.endpoint.EndpointState;
import io.evenkeel.balancer.policy.LoadBalancer;
import io.evenkeel.balancer.policy.PickState;
import io.evenkeel.balancer.policy.Tried;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The endpoints of an upstream at one moment, with pickers built for exactly them. Immutable; read once per request. */
public final class UpstreamSnapshot {

    private final List<EndpointState> endpoints;
    private final LoadBalancer balancer;

    /** Never modified. */
    private final IdentityHashMap<TagSubset.Wish, LoadBalancer> subsets;

    private final boolean panicking;

    /** @param subsets never modified from now on */
    UpstreamSnapshot(
            List<EndpointState> endpoints,
            LoadBalancer balancer,
            IdentityHashMap<TagSubset.Wish, LoadBalancer> subsets,
            boolean panicking) {
        this.endpoints = List.copyOf(endpoints);
        this.balancer = balancer;
        this.subsets = subsets;
        this.panicking = panicking;
    }

    /** All endpoints, draining ones included, in the order discovery reported them. */
    public List<EndpointState> endpoints() {
        return endpoints;
    }

    /** Picks among the endpoints that may be sent new attempts. */
    public LoadBalancer balancer() {
        return balancer;
    }

    /** Picks among those of a subset of this upstream that was held before the snapshot was read. */
    public LoadBalancer balancer(TagSubset subset) {
        TagSubset.Wish wish = subset.wish();
        LoadBalancer found = wish == null ? balancer : subsets.get(wish);
        return found == null ? LoadBalancer.NOTHING : found;
    }

    /** Whether there is a picker for this subset. */
    boolean knows(TagSubset subset) {
        TagSubset.Wish wish = subset.wish();
        return wish == null || subsets.containsKey(wish);
    }

    /** Short for {@code balancer().pick(state, key, tried)}. */
    public @Nullable EndpointState pick(PickState state, long key, Tried tried) {
        return balancer.pick(state, key, tried);
    }

    /** Whether so few endpoints are fit that health and ejections are ignored. */
    public boolean panicking() {
        return panicking;
    }
}
