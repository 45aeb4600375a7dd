package io.evenkeel.discovery.swarm;

/**
 * Hears how the cluster looks.
 *
 * <p><b>Threading.</b> Called on the {@link io.evenkeel.discovery.Scheduler}; must not wait.
 */
public interface SwarmWatcher {

    /** The cluster as it is now, after each change, after a failure, and now and then besides. */
    void onPicture(SwarmPicture picture);

    /** The engines could not be asked; what was said before stays true. {@code reason} says who was asked, what, and what came back. */
    void onFailure(String reason);
}
