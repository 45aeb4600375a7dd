package io.evenkeel.balancer;

import io.evenkeel.balancer.endpoint.EndpointState;

/**
 * Hears which endpoints come to an upstream and leave it.
 *
 * <p><b>Threading.</b> Called on the control plane, one call at a time per upstream, after the snapshot that says so was published. An
 * event loop that read the snapshot before may still begin an attempt at a removed endpoint.
 */
public interface EndpointListener {

    /** The endpoint comes, or is back, and is in no snapshot yet: the only call that precedes the snapshot. */
    default void onArriving(EndpointState endpoint) {}

    void onAdded(EndpointState endpoint);

    /** The endpoint left; attempts in flight at it go on, idle connections to it are of no more use. */
    void onRemoved(EndpointState endpoint);

    /** The endpoint drains or left, and what is still in flight at it has had its time: it is to be ended. Told again until nothing is. */
    default void onDrainExpired(EndpointState endpoint) {}

    /** Checks found the endpoint unfit: what it has not begun to answer may be given up and tried elsewhere. It stays in the upstream. */
    default void onUnfit(EndpointState endpoint) {}
}
