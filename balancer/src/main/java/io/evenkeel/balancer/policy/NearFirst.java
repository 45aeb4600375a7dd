package io.evenkeel.balancer.policy;

import io.evenkeel.balancer.endpoint.EndpointState;
import org.jspecify.annotations.Nullable;

/**
 * Endpoints that are near, as long as they are not much busier than those that are far: a candidate of each is compared. Immutable.
 *
 * <p>The fewer of the near ones are fit, the less busier they may be: what is left of a site that fails is not all there is to bear its load.
 */
public final class NearFirst implements LoadBalancer {

    private final LoadBalancer near;
    private final LoadBalancer far;
    private final double mayBeBusier;

    /**
     * @param spillPercent how much busier near ones may be
     * @param fitShare how much of the near ones' weight is fit, 0 to 1
     */
    public NearFirst(LoadBalancer near, LoadBalancer far, int spillPercent, double fitShare) {
        this.near = near;
        this.far = far;
        double health = Math.min(1, PriorityGroups.OVERPROVISIONING * fitShare);
        this.mayBeBusier = 1 + spillPercent / 100.0 * health;
    }

    @Override
    public @Nullable EndpointState pick(PickState state, long key, Tried tried) {
        EndpointState here = near.pick(state, key, tried);
        if (here == null) {
            return far.pick(state.branch(0), key, tried);
        }
        boolean again = tried.contains(here);
        if (here.inFlight() == 0 && !again) {
            return here;
        }
        EndpointState there = far.pick(state.branch(0), key, tried);
        if (there == null || tried.contains(there)) {
            return here;
        }
        return again || isBusier(here, there) ? there : here;
    }

    /** By their reported weights; the new attempt is counted in on both sides, or one in flight would be endlessly busier than none. */
    private boolean isBusier(EndpointState here, EndpointState there) {
        return (here.inFlight() + 1.0) * there.weight() > (there.inFlight() + 1.0) * here.weight() * mayBeBusier;
    }
}
