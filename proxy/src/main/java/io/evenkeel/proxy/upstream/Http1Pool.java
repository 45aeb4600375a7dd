package io.evenkeel.proxy.upstream;

import io.evenkeel.balancer.endpoint.EndpointState;
import io.evenkeel.config.UpstreamConfig;
import io.evenkeel.proxy.loop.LoopClock;
import io.evenkeel.proxy.telemetry.Failure;
import io.evenkeel.proxy.telemetry.Side;
import io.netty.util.concurrent.Future;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One event loop's HTTP/1 connections to one endpoint: those that idle, the last used first, and those who wait for one. Each connection that becomes free
 * or is established serves whoever has waited longest. Event-loop confined.
 *
 * <p>Limits are configured per endpoint and shared out evenly to the event loops.
 */
final class Http1Pool implements EndpointPool {

    private final EndpointState endpoint;
    private final PoolContext context;
    private final LoopClock clock;
    private final ArrayDeque<Http1Connection> idle = new ArrayDeque<>();
    private final ArrayDeque<UpstreamUser> waiting = new ArrayDeque<>();
    private final LentList lent = new LentList();
    private UpstreamConfig config;
    private int established;
    private int connecting;
    private boolean retired;

    Http1Pool(EndpointState endpoint, UpstreamConfig config, PoolContext context) {
        this.endpoint = endpoint;
        this.config = config;
        this.context = context;
        this.clock = context.clock();
    }

    @Override
    public void configure(UpstreamConfig now) {
        config = now;
        retired = false;
    }

    @Override
    public void acquire(UpstreamUser user, long maxIdleNanos) {
        Http1Connection connection = pollIdle(maxIdleNanos);
        if (connection != null) {
            connection.lend(user);
        } else if (established + connecting < context.share(config.pool().maxConnections())) {
            waiting.add(user);
            connect();
        } else if (!idle.isEmpty()) {
            waiting.add(user);
            idle.removeFirst().discard(); // makes room: the end of a connection opens the next one
        } else if (waiting.size() - connecting < context.share(config.pool().maxPending())) {
            waiting.add(user);
        } else {
            user.onAcquireFailed(Failure.PENDING_OVERFLOW);
        }
    }

    @Override
    public void cancel(UpstreamUser user) {
        waiting.remove(user);
    }

    private @Nullable Http1Connection pollIdle(long maxIdleNanos) {
        Http1Connection last = idle.peekLast();
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

    void recycle(Http1Connection connection) {
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
        } else if (idle.size() < context.share(config.pool().maxIdle())) {
            connection.idleSince(now);
            idle.addLast(connection);
        } else {
            connection.discard();
        }
    }

    private void connect() {
        connecting++;
        Http1Connection connection =
                new Http1Connection(this, context.retireAtNanos(config.pool().maxAge()));
        Future<?> future = context.connector().connect(endpoint.address(), config, connection);
        future.addListener(done -> context.connector().onLoop(() -> onConnected(connection, done)));
    }

    private void onConnected(Http1Connection connection, Future<?> done) {
        connecting--;
        if (!done.isSuccess()) {
            onConnectFailed(done.cause());
            return;
        }
        established++;
        connection.onEstablished();
        context.telemetry().opened(Side.UPSTREAM);
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
    void onClosed(Http1Connection connection) {
        if (connection.established()) {
            established--;
            context.telemetry().closed(Side.UPSTREAM);
            idle.remove(connection);
            connectForWaiting();
        }
    }

    private void connectForWaiting() {
        while (connecting < waiting.size()
                && established + connecting < context.share(config.pool().maxConnections())) {
            connect();
        }
    }

    @Override
    public void sweep() {
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

    @Override
    public void retire() {
        retired = true;
        closeIdle();
    }

    @Override
    public void abandon() {
        closeIdle();
        List.copyOf(waiting).forEach(UpstreamUser::onEndpointUnfit);
        lent.now().forEach(Http1Connection::onEndpointUnfit);
    }

    private void closeIdle() {
        for (Http1Connection connection = idle.poll(); connection != null; connection = idle.poll()) {
            connection.discard();
        }
    }

    /** The connections that are in use. */
    LentList lent() {
        return lent;
    }

    @Override
    public void interrupt(Failure failure) {
        for (int waits = waiting.size(); waits > 0 && !waiting.isEmpty(); waits--) {
            waiting.removeFirst().onAcquireFailed(failure);
        }
        for (Http1Connection connection : lent.now()) {
            connection.interrupt(failure);
        }
    }

    @Override
    public boolean unused() {
        return established == 0 && connecting == 0 && waiting.isEmpty();
    }
}
