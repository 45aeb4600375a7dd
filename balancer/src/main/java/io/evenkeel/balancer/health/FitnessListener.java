package io.evenkeel.balancer.health;

import io.evenkeel.balancer.endpoint.EndpointState;
import io.evenkeel.discovery.DiscoveryEvent.Kind;

/** Hears what checks and outlier detection find out. Called on the control plane's thread. */
public interface FitnessListener {

    /** Some endpoint's standing has changed such that another may be picked. */
    void onStanding();

    /** Checks found this endpoint unfit, and what waits for it is to wait no longer. {@link #onStanding} follows. */
    void onGivenUp(EndpointState endpoint);

    /**
     * Something to tell people.
     *
     * @param source who says so
     */
    void onEvent(Kind kind, EndpointState endpoint, String source, String reason);
}
