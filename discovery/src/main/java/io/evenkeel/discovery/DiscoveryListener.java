package io.evenkeel.discovery;

/**
 * Hears what happens to endpoints, nodes and sources.
 *
 * <p><b>Threading.</b> Called on the {@link Scheduler}, in the order of events; must not wait.
 */
public interface DiscoveryListener {

    void onEvent(DiscoveryEvent event);
}
