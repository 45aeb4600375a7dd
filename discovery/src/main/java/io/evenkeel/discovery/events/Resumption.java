package io.evenkeel.discovery.events;

import java.util.List;

/**
 * Where a subscription begins. Immutable.
 *
 * @param since the id of the event before the first it will get
 * @param complete whether it gets everything after what it asked for
 * @param missed what it gets at once
 */
record Resumption(String since, boolean complete, List<NumberedEvent> missed) {}
