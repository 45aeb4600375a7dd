package io.evenkeel.proxy.exchange;

import io.evenkeel.balancer.endpoint.EndpointState;
import io.evenkeel.balancer.endpoint.Fault;
import io.evenkeel.balancer.endpoint.Permit;
import io.evenkeel.balancer.policy.Tried;
import io.evenkeel.proxy.route.Route;
import io.evenkeel.proxy.telemetry.Failure;
import io.evenkeel.proxy.telemetry.Side;
import io.evenkeel.proxy.upstream.EndpointPool;
import io.evenkeel.proxy.upstream.UpstreamConnection;
import io.evenkeel.proxy.upstream.UpstreamUser;
import org.jspecify.annotations.Nullable;

/**
 * The attempts of one exchange: picks an endpoint, gets a connection to it, and knows whether a failed attempt may be followed by another.
 * Event-loop confined.
 *
 * <p><b>Ownership.</b> Between {@link #next} and {@link #end} it holds a permit and either waits for a connection or has one.
 */
final class Attempts {

    private final UpstreamUser user;
    private final Picking picking;
    private final RequestRelay request;
    private final Recording recording;
    private final LoopContext loop;
    private final Permit permit = new Permit();
    private final Tried tried = new Tried();
    private @Nullable EndpointPool pool;
    private @Nullable UpstreamConnection connection;
    private int made;

    Attempts(UpstreamUser user, Picking picking, RequestRelay request, LoopContext loop, Recording recording) {
        this.user = user;
        this.picking = picking;
        this.request = request;
        this.loop = loop;
        this.recording = recording;
    }

    void reset() {
        tried.clear();
        pool = null;
        connection = null;
        made = 0;
    }

    /** Begins the next attempt: not at the endpoint of the last one where there is another. Null, or why there is none. */
    @Nullable
    Failure next(RouteBinding binding) {
        Route route = binding.route();
        EndpointState picked = picking.pick(binding, tried);
        if (picked == null) {
            return Failure.NO_ENDPOINT;
        }
        if (made++ > 0) {
            binding.upstreamMeter().retried();
        }
        tried.add(picked);
        permit.begin(picked);
        pool = loop.pools.pool(picked, route.upstreamConfig());
        recording.picked(pool.endpointText());
        pool.acquire(user, maxIdleNanos(route));
        return null;
    }

    /** A request that must not be sent twice, or that met a dead connection before, gets one that was alive just now. */
    private long maxIdleNanos(Route route) {
        if (made > 1) {
            return -1;
        }
        return request.safeToRepeat()
                ? Long.MAX_VALUE
                : route.upstreamConfig().pool().unsafeReuseWindow().toNanos();
    }

    void onAcquired(UpstreamConnection acquired) {
        connection = acquired;
        pool = null;
    }

    void onAcquireFailed() {
        pool = null;
    }

    /** Whether the last attempt, ended by this failure, may be followed by another (RFC 9110 §9.2.2). */
    boolean mayRepeat(Failure failure, Route route) {
        if (made >= route.upstreamConfig().maxAttempts()) {
            return false;
        }
        return switch (failure.retry()) {
            case NEVER -> false;
            case ALWAYS -> true;
            case IF_REPLAYABLE -> request.method().idempotent() && request.replayable();
        };
    }

    /** Ends the attempt at work after a complete response. */
    void succeed(boolean reusable) {
        permit.success(-1);
        UpstreamConnection used = connection;
        connection = null;
        if (used != null && reusable) {
            used.recycle();
        } else if (used != null) {
            used.discard();
        }
    }

    /** Ends the attempt at work, if there is one, and whatever it holds. */
    void end(Failure failure) {
        if (connection != null) {
            connection.discard();
            connection = null;
        } else if (pool != null) {
            pool.cancel(user);
            pool = null;
        }
        if (permit.endpoint() == null) {
            return;
        }
        if (failure.side() == Side.UPSTREAM) {
            permit.dropped(Fault.GATEWAY);
        } else {
            permit.ignored();
        }
    }

    /** Where the attempt at work is, or null when there is none. */
    @Nullable
    EndpointState endpoint() {
        return permit.endpoint();
    }

    @Nullable
    UpstreamConnection connection() {
        return connection;
    }
}
