package io.evenkeel.proxy.exchange;

import io.evenkeel.proxy.http.UpgradeOffer;
import io.evenkeel.proxy.telemetry.Failure;
import io.evenkeel.proxy.tunnel.Tunnel;
import io.evenkeel.proxy.tunnel.TunnelTerms;
import io.evenkeel.proxy.upstream.TurnableConnection;
import io.evenkeel.proxy.upstream.UpstreamConnection;
import io.evenkeel.proxy.upstream.UpstreamUser;
import io.netty.buffer.ByteBuf;
import io.netty.util.ReferenceCountUtil;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What an exchange has become when its endpoint has switched to another protocol: a {@link Tunnel}, and what happens on both sides turned into its steps.
 * The exchange itself only keeps the permit and the record until the end. Event-loop confined.
 */
final class Upgraded implements UpstreamUser {

    private final Downstream client;
    private final TurnableConnection connection;
    private final EndpointEnd endpoint;
    private final Tunnel tunnel;

    Upgraded(Exchange exchange, Attempt attempt, RequestRelay request, LoopContext loop) {
        this.client = exchange.downstream();
        this.connection = (TurnableConnection) Objects.requireNonNull(attempt.connection());
        this.endpoint = new EndpointEnd(connection);
        this.tunnel = new Tunnel(
                new ClientEnd(client),
                endpoint,
                new TunnelTerms(
                        UpgradeOffer.isWebSocket(Objects.requireNonNull(request.upgrade())),
                        exchange.binding().route().tunnelIdleNanos(),
                        exchange.record().bytes(),
                        failure -> end(exchange, failure)),
                loop.clock,
                loop.deadlines);
        connection.turnOver(this);
    }

    /** A client that broke off is a break for the endpoint too. */
    private void end(Exchange exchange, @Nullable Failure failure) {
        if (failure == Failure.CLIENT_ABORTED) {
            connection.reset();
        }
        exchange.onTunnelEnd(failure);
    }

    /** <b>Ownership.</b> Takes {@code bytes}. */
    void fromClient(ByteBuf bytes) {
        tunnel.fromClient(bytes);
    }

    /** The client sends no more. */
    void onClientEnd() {
        tunnel.onClientEnd();
    }

    /** The client takes bytes again. */
    void onClientWritable() {
        connection.reading(true);
    }

    /** Whether the endpoint takes no more for now. */
    boolean blocked() {
        return !connection.isWritable();
    }

    /** Sends the endpoint what was written. */
    void flush() {
        endpoint.flush();
    }

    /** Ends it in order, for the router's own reason. */
    void leave(Failure why) {
        tunnel.leave(why);
    }

    /** Ends it at once. */
    void fail(Failure why) {
        if (why == Failure.CLIENT_ABORTED) {
            tunnel.onClientBroken();
        } else {
            tunnel.end(why);
        }
    }

    @Override
    public void onUpstreamBytes(ByteBuf bytes) {
        tunnel.fromEndpoint(bytes);
        if (!client.isWritable()) {
            connection.reading(false);
        }
    }

    @Override
    public void onUpstreamData(ByteBuf part) {
        onUpstreamBytes(part);
    }

    @Override
    public void onUpstreamEnd(@Nullable ByteBuf trailers) {
        ReferenceCountUtil.release(trailers);
        tunnel.onEndpointEnd();
    }

    @Override
    public void onUpstreamReadComplete() {
        client.flush();
    }

    @Override
    public void onUpstreamWritable() {
        client.process();
    }

    @Override
    public void onUpstreamClosed(boolean broken) {
        if (broken) {
            tunnel.onEndpointBroken();
        } else {
            tunnel.end(null);
        }
    }

    /** What is open stays open for as long as the endpoint keeps it. */
    @Override
    public void onEndpointUnfit() {}

    @Override
    public void onInterrupted(Failure failure) {
        tunnel.leave(failure);
    }

    /** There is a connection already. */
    @Override
    public void onAcquired(UpstreamConnection acquired) {
        throw new IllegalStateException("a tunnel has its connection");
    }

    /** As above. */
    @Override
    public void onAcquireFailed(Failure failure) {
        throw new IllegalStateException("a tunnel has its connection");
    }
}
