package io.evenkeel.balancer;

import io.evenkeel.balancer.endpoint.Drain;
import io.evenkeel.balancer.endpoint.EndpointState;
import io.evenkeel.discovery.Scheduler;
import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How long what is in flight at the draining and departed endpoints of one upstream may still go on.
 *
 * <p><b>Threading.</b> Confined to the {@link Scheduler}.
 */
final class DrainDeadlines {

    private static final Logger LOG = LoggerFactory.getLogger(DrainDeadlines.class);

    /** From one order to end what is in flight to the next: time for the event loops to do so, and for what began meanwhile to be found. */
    static final Duration REPEAT_INTERVAL = Duration.ofSeconds(1);

    private final String upstream;
    private final Scheduler scheduler;
    private final Consumer<EndpointState> onExpired;
    private final IdentityHashMap<EndpointState, Scheduler.Timer> timers = new IdentityHashMap<>();
    private Duration deadline;

    /**
     * @param deadline how long after its drain began; zero: no end
     * @param onExpired is given each endpoint where something is in flight after that, until nothing is
     */
    DrainDeadlines(String upstream, Scheduler scheduler, Duration deadline, Consumer<EndpointState> onExpired) {
        this.upstream = upstream;
        this.scheduler = scheduler;
        this.deadline = deadline;
        this.onExpired = onExpired;
    }

    /** Goes by another deadline at the next {@link #look}. */
    void deadline(Duration now) {
        deadline = now;
    }

    /** The drain of this endpoint, or the deadline, may have changed. */
    void look(EndpointState endpoint) {
        forget(endpoint);
        if (endpoint.drain().on() && !deadline.isZero()) {
            Duration left = left(endpoint.drain());
            schedule(endpoint, left.isNegative() ? Duration.ZERO : left);
        }
    }

    /** Nothing is in flight any more at this endpoint, which has left. */
    void forget(EndpointState endpoint) {
        Scheduler.Timer timer = timers.remove(endpoint);
        if (timer != null) {
            timer.cancel();
        }
    }

    private Duration left(Drain drain) {
        return deadline.minusNanos(scheduler.nanoTime() - drain.sinceNanos());
    }

    private void schedule(EndpointState endpoint, Duration delay) {
        timers.put(endpoint, scheduler.schedule(() -> expire(endpoint), delay));
    }

    /** The end of a drain may not have been looked at yet. */
    private void expire(EndpointState endpoint) {
        timers.remove(endpoint);
        if (endpoint.drain().on() && endpoint.inFlight() > 0) {
            LOG.info(
                    "upstream {}: {} has drained for {} s; what is in flight there is ended: {}",
                    upstream,
                    endpoint.text(),
                    deadline.minus(left(endpoint.drain())).toSeconds(),
                    endpoint.inFlight());
            onExpired.accept(endpoint);
            schedule(endpoint, REPEAT_INTERVAL);
        }
    }
}
