package io.evenkeel.balancer.health;

import io.evenkeel.balancer.endpoint.EndpointState;
import io.evenkeel.balancer.endpoint.Standing;
import io.evenkeel.balancer.endpoint.Standing.Health;
import io.evenkeel.config.HealthCheckConfig;
import io.evenkeel.discovery.DiscoveryEvent.Kind;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The active health checks of one upstream: has each endpoint checked again and again, and puts down in its {@link Standing} what comes out.
 *
 * <p><b>Threading.</b> Confined to the control plane's thread.
 */
public final class HealthMonitor implements AutoCloseable {

    /** How often suspicion is looked at while a check is unanswered: how much later than due an endpoint may be ejected. */
    static final Duration TICK = Duration.ofMillis(50);

    /** Who says so, in events. */
    private static final String SOURCE = "health-check";

    private final CheckContext context;
    private final FitnessListener listener;
    private final Map<EndpointState, EndpointCheck> checks = new LinkedHashMap<>();
    private final Set<EndpointCheck> awaited = new LinkedHashSet<>();
    private final Map<EndpointState, DepartedCheck> departed = new LinkedHashMap<>();
    private boolean ticking;
    private long tickNanos;
    private boolean closed;

    public HealthMonitor(CheckContext context, FitnessListener listener) {
        this.context = context;
        this.listener = listener;
    }

    /** The standing of an endpoint that comes, before anybody picks it. */
    public static Standing first(HealthCheckConfig config) {
        return Standing.UNCHECKED.with(Health.UNKNOWN, "", 0, 100, config.untilChecked());
    }

    /** Has this endpoint checked from now on, going on from the standing that it has. */
    public void add(EndpointState endpoint) {
        DepartedCheck back = departed.remove(endpoint);
        if (back != null) {
            back.close();
        }
        boolean used = endpoint.standing().usable();
        EndpointCheck check = new EndpointCheck(endpoint, context, used, this::onChange);
        checks.put(endpoint, check);
        check.start();
    }

    /** The endpoint has left; what checks said of it is forgotten. As long as something is in flight there, its silence is not. */
    public void remove(EndpointState endpoint) {
        EndpointCheck check = checks.remove(endpoint);
        if (check != null) {
            check.close();
            awaited.remove(check);
            forget(endpoint);
            followDeparted(endpoint);
        }
    }

    private void followDeparted(EndpointState endpoint) {
        if (context.config().abortInFlight()) {
            DepartedCheck check = new DepartedCheck(endpoint, context, this::onDepartedSilent, departed::remove);
            departed.put(endpoint, check);
            check.start();
        }
    }

    private void onDepartedSilent(EndpointState endpoint) {
        listener.onGivenUp(endpoint);
        listener.onStanding();
        listener.onEvent(Kind.ENDPOINT_UNHEALTHY, endpoint, SOURCE, "has left, and is silent");
    }

    /** Ends all checks; standings stay. */
    @Override
    public void close() {
        closed = true;
        checks.values().forEach(EndpointCheck::close);
        checks.clear();
        departed.values().forEach(DepartedCheck::close);
        departed.clear();
        awaited.clear();
    }

    /** Forgets what checks said of an endpoint. */
    public static void forget(EndpointState endpoint) {
        endpoint.standing(Standing.UNCHECKED.with(endpoint.standing().ejection()));
    }

    private void onChange(EndpointCheck check) {
        if (check.awaited()) {
            awaited.add(check);
            tickLater();
        } else {
            awaited.remove(check);
        }
        EndpointState endpoint = check.endpoint();
        Standing before = endpoint.standing();
        Standing now = check.standing();
        if (!now.equals(before)) {
            endpoint.standing(now);
            tell(endpoint, before, now);
        }
    }

    private void tell(EndpointState endpoint, Standing before, Standing now) {
        if (before.usable() && !now.usable() && context.config().abortInFlight()) {
            listener.onGivenUp(endpoint);
        }
        boolean usability = before.usable() != now.usable();
        if (usability || before.weightPercent() != now.weightPercent()) {
            listener.onStanding();
        }
        if (before.health() != now.health() && (usability || now.health() == Health.UNHEALTHY)) {
            Kind kind = now.usable() ? Kind.ENDPOINT_HEALTHY : Kind.ENDPOINT_UNHEALTHY;
            listener.onEvent(kind, endpoint, SOURCE, now.detail());
        }
    }

    private void tickLater() {
        if (ticking) {
            return;
        }
        ticking = true;
        tickNanos = context.scheduler().nanoTime() + TICK.toNanos();
        context.scheduler().schedule(this::tick, TICK);
    }

    /** A tick that comes very late says that this process slept, and so heard nobody: that is held against no endpoint. */
    private void tick() {
        ticking = false;
        if (closed) {
            return;
        }
        long late = context.scheduler().nanoTime() - tickNanos;
        long excused = late > TICK.toNanos() ? late : 0;
        List.copyOf(awaited).forEach(check -> check.suspect(excused));
    }
}
