package io.evenkeel.proxy.upstream;

import io.evenkeel.balancer.endpoint.EndpointState;
import io.evenkeel.config.UpstreamConfig;
import io.evenkeel.proxy.loop.LoopClock;
import io.evenkeel.proxy.telemetry.Failure;
import io.evenkeel.proxy.telemetry.LoopTelemetry;
import io.evenkeel.proxy.telemetry.Side;
import io.netty.channel.ChannelFuture;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.Future;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * One event loop's connections to one endpoint: those that idle, the last used first, and those who wait for one. Each connection that becomes free
 * or is established serves whoever has waited longest. Event-loop confined.
 *
 * <p>Limits are configured per endpoint and shared out evenly to the event loops.
 */
public final class EndpointPool {

    /** A tenth of the maximum age, either way, so that connections opened together do not retire together. */
    private static final double AGE_JITTER = 0.1;

    private final EndpointState endpoint;
    private final String endpointText;
    private final Connector connector;
    private final LoopClock clock;
    private final LoopTelemetry telemetry;
    private final int eventLoops;
    private final ArrayDeque<UpstreamConnection> idle = new ArrayDeque<>();
    private final ArrayDeque<UpstreamUser> waiting = new ArrayDeque<>();
    private final LentList lent = new LentList();
    private UpstreamConfig config;
    private int established;
    private int connecting;
    private boolean retired;

    EndpointPool(
            EndpointState endpoint,
            UpstreamConfig config,
            Connector connector,
            LoopClock clock,
            LoopTelemetry telemetry,
            int eventLoops) {
        this.endpoint = endpoint;
        this.endpointText = NetUtil.toSocketAddressString(endpoint.address());
        this.config = config;
        this.connector = connector;
        this.clock = clock;
        this.telemetry = telemetry;
        this.eventLoops = eventLoops;
    }

    /** The endpoint's address as logs have it. */
    public String endpointText() {
        return endpointText;
    }

    /** Puts other limits in force, from the next acquisition on; an endpoint that had left is back. */
    void configure(UpstreamConfig now) {
        config = now;
        retired = false;
    }

    /**
     * Gets a connection for {@code user}, who is called at once where one idles.
     *
     * @param maxIdleNanos a connection that idled longer is not good enough: a request that must not be sent twice wants one that the endpoint
     *     cannot yet have grown tired of
     */
    public void acquire(UpstreamUser user, long maxIdleNanos) {
        UpstreamConnection connection = pollIdle(maxIdleNanos);
        if (connection != null) {
            connection.lend(user);
        } else if (established + connecting < share(config.pool().maxConnections())) {
            waiting.add(user);
            connect();
        } else if (!idle.isEmpty()) {
            waiting.add(user);
            idle.removeFirst().discard(); // makes room: the end of a connection opens the next one
        } else if (waiting.size() - connecting < share(config.pool().maxPending())) {
            waiting.add(user);
        } else {
            user.onAcquireFailed(Failure.PENDING_OVERFLOW);
        }
    }

    /** The user waits no longer; it must not have been called yet. */
    public void cancel(UpstreamUser user) {
        waiting.remove(user);
    }

    private int share(int perEndpoint) {
        return (perEndpoint + eventLoops - 1) / eventLoops;
    }

    private @Nullable UpstreamConnection pollIdle(long maxIdleNanos) {
        UpstreamConnection last = idle.peekLast();
        while (last != null && !last.channel().isActive()) {
            idle.removeLast(); // it has closed, but the task that tells so is still to come
            last = idle.peekLast();
        }
        if (last == null || clock.batchNanos() - last.idleSinceNanos() > maxIdleNanos) {
            return null;
        }
        idle.removeLast();
        return last;
    }

    void recycle(UpstreamConnection connection) {
        long now = clock.batchNanos();
        connection.reading(true);
        if (retired
                || now - connection.retireAtNanos() >= 0
                || !connection.channel().isActive()) {
            connection.discard();
            return;
        }
        UpstreamUser next = waiting.poll();
        if (next != null) {
            connection.lend(next);
        } else if (idle.size() < share(config.pool().maxIdle())) {
            connection.idleSince(now);
            idle.addLast(connection);
        } else {
            connection.discard();
        }
    }

    private void connect() {
        connecting++;
        UpstreamConnection connection = new UpstreamConnection(this, retireAt());
        ChannelFuture future =
                connector.connect(endpoint.address(), config.timeouts().connect(), connection);
        future.addListener(done -> connector.onLoop(() -> onConnected(connection, done)));
    }

    private long retireAt() {
        double jitter = 1 + AGE_JITTER * ThreadLocalRandom.current().nextDouble(-1, 1);
        return clock.batchNanos() + (long) (config.pool().maxAge().toNanos() * jitter);
    }

    private void onConnected(UpstreamConnection connection, Future<?> done) {
        connecting--;
        if (!done.isSuccess()) {
            onConnectFailed(done.cause());
            return;
        }
        established++;
        connection.onEstablished();
        telemetry.opened(Side.UPSTREAM);
        UpstreamUser next = waiting.poll();
        if (next != null) {
            connection.lend(next);
        } else {
            recycle(connection);
        }
    }

    private void onConnectFailed(@Nullable Throwable cause) {
        UpstreamUser next = waiting.poll();
        if (next != null) {
            next.onAcquireFailed(Connector.failure(cause));
        }
        connectForWaiting();
    }

    /** An established connection ended, whoever ended it. */
    void onClosed(UpstreamConnection connection) {
        if (connection.established()) {
            established--;
            telemetry.closed(Side.UPSTREAM);
            idle.remove(connection);
            connectForWaiting();
        }
    }

    private void connectForWaiting() {
        while (connecting < waiting.size()
                && established + connecting < share(config.pool().maxConnections())) {
            connect();
        }
    }

    /** Closes what idles too long or has become too old. To be called about once a second. */
    void sweep() {
        long now = clock.batchNanos();
        long idleNanos = config.pool().idleTimeout().toNanos();
        idle.removeIf(connection -> {
            boolean expired = now - connection.idleSinceNanos() >= idleNanos || now - connection.retireAtNanos() >= 0;
            if (expired) {
                connection.discard();
            }
            return expired;
        });
    }

    /** The endpoint has left: idle connections close now, those in use when they are done. */
    void retire() {
        retired = true;
        closeIdle();
    }

    /** The endpoint is unfit: idle connections close now, and everybody who waits for it is told. */
    void abandon() {
        closeIdle();
        List.copyOf(waiting).forEach(UpstreamUser::onEndpointUnfit);
        lent.now().forEach(UpstreamConnection::onEndpointUnfit);
    }

    private void closeIdle() {
        for (UpstreamConnection connection = idle.poll(); connection != null; connection = idle.poll()) {
            connection.discard();
        }
    }

    /** The connections that are in use. */
    LentList lent() {
        return lent;
    }

    /**
     * Has those who use the endpoint give it up, for this reason; those who begin meanwhile, because of it, are left alone.
     *
     * @param onlyUnanswered leaves those alone that have received anything from the endpoint
     */
    void interrupt(Failure failure, boolean onlyUnanswered) {
        for (int waits = waiting.size(); waits > 0 && !waiting.isEmpty(); waits--) {
            waiting.removeFirst().onAcquireFailed(failure);
        }
        for (UpstreamConnection connection : lent.now()) {
            if (!onlyUnanswered || !connection.answered()) {
                connection.interrupt(failure);
            }
        }
    }

    /** Whether nothing is left to look after. */
    boolean unused() {
        return established == 0 && connecting == 0 && waiting.isEmpty();
    }
}
