package io.evenkeel.discovery.events;

import io.evenkeel.discovery.DiscoveryEvent;

/**
 * An event with the id it is resumed from. Immutable.
 *
 * @param id the start of this process and the number of the event within it, such as {@code 1f3c9a07-17}
 */
public record NumberedEvent(String id, DiscoveryEvent event) {}
