package io.evenkeel.balancer.policy;

import io.evenkeel.balancer.endpoint.EndpointState;
import org.jspecify.annotations.Nullable;

/**
 * The endpoint that a key belongs to by a {@link Placement}, unless it has more than its share of all that is in flight: then the next on the
 * circle that has not (Mirrokni, Thorup and Zadimoghaddam, "Consistent Hashing with Bounded Loads", 2016). A request without a key goes by another policy. Immutable.
 */
final class ByKey implements LoadBalancer {

    /** Slots looked at before whichever comes next is taken: half of the endpoints are below any bound, so that eight look far enough as a rule. */
    private static final int MOST_STEPS = 512;

    private final EndpointState[] endpoints;
    private final int[] weights;
    private final long totalWeight;
    private final Placement placement;
    private final double bound;
    private final LoadBalancer keyless;

    /**
     * @param placed at least one
     * @param boundPercent what an endpoint may have in flight, in per cent of its fair share of all, at least 100; 0 any number
     * @param keyless for requests without a key
     */
    ByKey(WeightedEndpoints placed, Placement placement, int boundPercent, LoadBalancer keyless) {
        this.endpoints = placed.endpoints();
        this.weights = placed.weights();
        this.totalWeight = placed.totalWeight();
        this.placement = placement;
        this.bound = boundPercent / 100.0;
        this.keyless = keyless;
    }

    @Override
    public @Nullable EndpointState pick(PickState state, long key, Tried tried) {
        if (key == NO_KEY) {
            return keyless.pick(state, key, tried);
        }
        int home = placement.slot(Mix.of(key));
        if (bound == 0 && tried.isEmpty()) {
            return endpoints[placement.at(home)];
        }
        return walk(home, most(state), tried);
    }

    /** The attempts per weight at which an endpoint is full. */
    private double most(PickState state) {
        return bound == 0
                ? Double.POSITIVE_INFINITY
                : bound * state.inFlightSample().perWeight(endpoints, weights, totalWeight);
    }

    private EndpointState walk(int home, double most, Tried tried) {
        int slot = home;
        int full = -1;
        for (int step = 0; step < MOST_STEPS; step++) {
            int at = placement.at(slot);
            if (!tried.contains(endpoints[at])) {
                if (endpoints[at].inFlight() < most * weights[at]) {
                    return endpoints[at];
                }
                full = full < 0 ? at : full;
            }
            slot = placement.after(slot);
        }
        return endpoints[full >= 0 ? full : tried.nextUntried(endpoints, placement.at(home))];
    }
}
