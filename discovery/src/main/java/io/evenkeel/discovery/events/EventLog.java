package io.evenkeel.discovery.events;

import io.evenkeel.discovery.DiscoveryEvent;
import io.evenkeel.discovery.DiscoveryListener;
import io.evenkeel.discovery.Scheduler;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log's share of the events: what happened in one turn of the control plane is logged at its end, so that a burst can be one line.
 *
 * <p><b>Threading.</b> Confined to the {@link Scheduler}.
 */
final class EventLog implements DiscoveryListener {

    private static final Logger LOG = LoggerFactory.getLogger(DiscoveryEvent.class);

    private final Scheduler scheduler;
    private final List<DiscoveryEvent> turn = new ArrayList<>();

    EventLog(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    @Override
    public void onEvent(DiscoveryEvent event) {
        if (turn.isEmpty()) {
            scheduler.execute(this::write);
        }
        turn.add(event);
    }

    private void write() {
        for (EventLine line : EventLine.of(turn)) {
            if (line.warning()) {
                LOG.warn("{}", line.text());
            } else {
                LOG.info("{}", line.text());
            }
        }
        turn.clear();
    }
}
