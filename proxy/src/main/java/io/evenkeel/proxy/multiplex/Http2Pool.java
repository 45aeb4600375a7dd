package io.evenkeel.proxy.multiplex;

import io.evenkeel.balancer.endpoint.EndpointState;
import io.evenkeel.config.UpstreamConfig;
import io.evenkeel.proxy.telemetry.Failure;
import io.evenkeel.proxy.telemetry.Side;
import io.evenkeel.proxy.upstream.Connector;
import io.evenkeel.proxy.upstream.EndpointPool;
import io.evenkeel.proxy.upstream.PoolContext;
import io.evenkeel.proxy.upstream.UpstreamUser;
import io.netty.util.AsciiString;
import io.netty.util.concurrent.Future;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One event loop's HTTP/2 connections to one endpoint. The first connection that has room takes the next exchange; another is opened when all are full. Those
 * who find no room wait, and whoever has waited longest is served first. Event-loop confined.
 *
 * <p>How long a connection was idle is no matter here: an endpoint that ends one says which requests it has not looked at (RFC 9113 §6.8), and those are tried again.
 */
final class Http2Pool implements EndpointPool {

    private static final AsciiString HTTP = AsciiString.cached("http");
    private static final AsciiString HTTPS = AsciiString.cached("https");

    private final EndpointState endpoint;
    private final PoolContext context;
    private final Translation translation;
    private final ArrayDeque<UpstreamUser> waiting = new ArrayDeque<>();
    private final ArrayList<MultiplexedConnection> open = new ArrayList<>();
    /** Those that take no more exchanges and wait for the last to end. */
    private final ArrayList<MultiplexedConnection> leaving = new ArrayList<>();

    private UpstreamConfig config;
    private int connecting;
    /** How many exchanges the endpoint's connections take, as it said last. */
    private int usual;

    private boolean retired;
    private boolean serving;

    Http2Pool(EndpointState endpoint, UpstreamConfig config, PoolContext context, Translation translation) {
        this.endpoint = endpoint;
        this.config = config;
        this.context = context;
        this.translation = translation;
        this.usual = config.maxStreams();
    }

    @Override
    public void configure(UpstreamConfig now) {
        config = now;
        retired = false;
    }

    @Override
    public void acquire(UpstreamUser user, long maxIdleNanos) {
        MultiplexedConnection free = waiting.isEmpty() ? withRoom() : null;
        if (free != null) {
            free.lend(user);
        } else if (waiting.size() < coming()) {
            waiting.add(user);
        } else if (mayConnect()) {
            waiting.add(user);
            connect();
        } else if (waiting.size() - coming() < context.share(config.pool().maxPending())) {
            waiting.add(user);
        } else {
            user.onAcquireFailed(Failure.PENDING_OVERFLOW);
        }
    }

    @Override
    public void cancel(UpstreamUser user) {
        waiting.remove(user);
    }

    private @Nullable MultiplexedConnection withRoom() {
        for (int i = 0; i < open.size(); i++) {
            if (open.get(i).hasRoom()) {
                return open.get(i);
            }
        }
        return null;
    }

    /** How many exchanges will find room once what is being opened is open, and what is open has said how many it takes. */
    private int coming() {
        int sum = connecting * usual;
        for (int i = 0; i < open.size(); i++) {
            sum += open.get(i).coming(usual);
        }
        return sum;
    }

    private boolean mayConnect() {
        return open.size() + connecting < context.share(config.pool().maxConnections());
    }

    private void connect() {
        connecting++;
        MultiplexedConnection connection = Codec.connection(
                this,
                config.pool().maxHeadBytes(),
                context.retireAtNanos(config.pool().maxAge()));
        Connector connector = context.connector();
        connector
                .connect(endpoint.address(), config, connection)
                .addListener(done -> connector.onLoop(() -> onConnected(connection, done)));
    }

    private void onConnected(MultiplexedConnection connection, Future<?> done) {
        connecting--;
        if (!done.isSuccess()) {
            onConnectFailed(done.cause());
            return;
        }
        open.add(connection);
        context.telemetry().opened(Side.UPSTREAM);
        connection.onEstablished();
        if (retired) {
            connection.leave();
        }
        serve();
    }

    /** Those who waited for that connection fail; there may be others for the rest. */
    private void onConnectFailed(@Nullable Throwable cause) {
        Failure failure = Connector.failure(cause);
        for (int i = Math.min(waiting.size(), usual); i > 0 && !waiting.isEmpty(); i--) {
            waiting.removeFirst().onAcquireFailed(failure);
        }
        serve();
    }

    private void serve() {
        serving = false;
        MultiplexedConnection free = withRoom();
        while (free != null && !waiting.isEmpty()) {
            free.lend(waiting.removeFirst());
            free = withRoom();
        }
        while (waiting.size() > coming() && mayConnect()) {
            connect();
        }
    }

    /** Serves those who wait, once the events at hand are over: whoever tells of room is in the middle of something. */
    private void serveSoon() {
        if (!serving && !waiting.isEmpty()) {
            serving = true;
            context.connector().loop().execute(this::serve);
        }
    }

    /** An exchange on this connection is over. */
    void onRoom(MultiplexedConnection connection) {
        connection.closeIfDone();
        serveSoon();
    }

    /** The endpoint has said how many exchanges it takes on this connection. */
    void onSettled(MultiplexedConnection connection, int limit) {
        usual = Math.max(1, limit);
        serveSoon();
    }

    /** The connection takes no more exchanges. */
    void onLeaving(MultiplexedConnection connection) {
        if (open.remove(connection)) {
            leaving.add(connection);
        }
        serveSoon();
    }

    /** A connection that was established has closed. */
    void onClosed(MultiplexedConnection connection) {
        if (open.remove(connection) || leaving.remove(connection)) {
            context.telemetry().closed(Side.UPSTREAM);
        }
        serveSoon();
    }

    @Override
    public void sweep() {
        long now = context.clock().batchNanos();
        long idleNanos = config.pool().idleTimeout().toNanos();
        List.copyOf(open).forEach(connection -> connection.sweep(now, idleNanos));
        List.copyOf(leaving).forEach(connection -> connection.sweep(now, idleNanos));
    }

    @Override
    public void retire() {
        retired = true;
        List.copyOf(open).forEach(MultiplexedConnection::leave);
    }

    /** Connections may be as dead as their endpoint seems: what comes later gets a new one. */
    @Override
    public void abandon() {
        List.copyOf(open).forEach(MultiplexedConnection::leave);
        List.copyOf(waiting).forEach(UpstreamUser::onEndpointUnfit);
        for (MultiplexedConnection connection : List.copyOf(leaving)) {
            connection.streams().forEach(EndpointStream::onEndpointUnfit);
        }
    }

    @Override
    public void interrupt(Failure failure) {
        List<MultiplexedConnection> all = new ArrayList<>(open);
        all.addAll(leaving);
        List<EndpointStream> streams = new ArrayList<>();
        all.forEach(connection -> streams.addAll(connection.streams()));
        for (int waits = waiting.size(); waits > 0 && !waiting.isEmpty(); waits--) {
            waiting.removeFirst().onAcquireFailed(failure);
        }
        streams.forEach(stream -> stream.interrupt(failure));
    }

    @Override
    public boolean unused() {
        return open.isEmpty() && leaving.isEmpty() && connecting == 0 && waiting.isEmpty();
    }

    Translation translation() {
        return translation;
    }

    /** What the requests' {@code :scheme} is. */
    AsciiString scheme() {
        return config.tls().enabled() ? HTTPS : HTTP;
    }

    int maxStreams() {
        return config.maxStreams();
    }

    long nowNanos() {
        return context.clock().batchNanos();
    }
}
