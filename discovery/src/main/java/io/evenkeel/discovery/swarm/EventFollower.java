package io.evenkeel.discovery.swarm;

import io.evenkeel.discovery.InnermostCause;
import io.evenkeel.discovery.Scheduler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the events of a cluster over however many streams that takes. Without them changes are found later, which is no failure.
 *
 * <p><b>Threading.</b> Confined to the {@link Scheduler}; events arrive from elsewhere.
 */
final class EventFollower implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EventFollower.class);

    private final SwarmClient client;
    private final Scheduler scheduler;
    private final Pace pace;
    private final Runnable onEvent;
    private int failures;
    private boolean closed;
    private Scheduler.@Nullable Timer next;

    /** @param onEvent runs on the scheduler after each event, and whenever some may have been missed */
    EventFollower(SwarmClient client, Scheduler scheduler, Pace pace, Runnable onEvent) {
        this.client = client;
        this.scheduler = scheduler;
        this.pace = pace;
        this.onEvent = onEvent;
    }

    void start() {
        client.follow(new Incoming()).whenComplete((end, thrown) -> scheduler.execute(() -> onEnd(thrown)));
    }

    @Override
    public void close() {
        closed = true;
        if (next != null) {
            next.cancel();
        }
    }

    private void onEnd(@Nullable Throwable thrown) {
        if (closed) {
            return;
        }
        if (thrown == null) {
            start();
            return;
        }
        if (failures++ == 0) {
            LOG.warn("swarm: no events, changes are found later: {}", InnermostCause.message(thrown));
        }
        next = scheduler.schedule(this::start, pace.retry(failures));
    }

    private void onOpen() {
        if (failures > 0) {
            LOG.info("swarm: events arrive again");
            failures = 0;
        }
        heard();
    }

    private void heard() {
        if (!closed) {
            onEvent.run();
        }
    }

    /** What the client calls, on its own thread. */
    private final class Incoming implements EngineEvents {

        @Override
        public void onOpen() {
            scheduler.execute(EventFollower.this::onOpen);
        }

        @Override
        public void onEvent() {
            scheduler.execute(EventFollower.this::heard);
        }
    }
}
