package io.evenkeel.proxy.tcp;

import io.evenkeel.balancer.endpoint.EndpointState;
import io.evenkeel.balancer.endpoint.Fault;
import io.evenkeel.balancer.endpoint.Permit;
import io.evenkeel.balancer.limit.CircuitBreaker;
import io.evenkeel.balancer.policy.LoadBalancer;
import io.evenkeel.balancer.policy.Tried;
import io.evenkeel.config.UpstreamConfig;
import io.evenkeel.proxy.proxyprotocol.Passage;
import io.evenkeel.proxy.proxyprotocol.ProxyHeaderWriter;
import io.evenkeel.proxy.telemetry.Failure;
import io.evenkeel.proxy.telemetry.Overflow;
import io.evenkeel.proxy.telemetry.Side;
import io.evenkeel.proxy.upstream.Connector;
import io.netty.channel.ChannelFuture;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Finds an endpoint for one connection: picks one, connects, and goes on to another where that fails, which is always safe because nothing was sent.
 * Event-loop confined.
 *
 * <p><b>Ownership.</b> Holds the permit of the endpoint at hand, and the place in the upstream, until {@link #end}.
 */
final class Connecting {

    /** Endpoints looked at for one attempt while those picked have no room. */
    private static final int MOST_PICKS = 8;

    private final TcpConnection connection;
    private final TcpLoop loop;
    private final DestinationBinding binding;
    private final Permit permit = new Permit();
    private @Nullable Tried tried = new Tried();
    private @Nullable CircuitBreaker entered;
    private @Nullable ChannelFuture pending;
    private boolean established;
    private boolean retrying;
    private int made;

    Connecting(TcpConnection connection, DestinationBinding binding) {
        this.connection = connection;
        this.loop = connection.loop();
        this.binding = binding;
    }

    void start() {
        Failure refusal = enter() ? choose() : Failure.UPSTREAM_FULL;
        if (refusal == null) {
            connect();
        } else {
            connection.end(refusal);
        }
    }

    private boolean enter() {
        CircuitBreaker breaker = binding.destination().upstream().breaker();
        if (!breaker.limitsExchanges()) {
            return true;
        }
        if (!breaker.enter()) {
            binding.upstreamMeter().overflowed(Overflow.IN_FLIGHT);
            return false;
        }
        entered = breaker;
        return true;
    }

    /** Picks an endpoint that was not tried, where there is one, and takes its permit. Null, or why there is none. */
    private @Nullable Failure choose() {
        Tried seen = tried == null ? new Tried() : tried;
        for (int i = 0; i < MOST_PICKS; i++) {
            EndpointState picked =
                    binding.destination().upstream().snapshot().pick(binding.picks(), LoadBalancer.NO_KEY, seen);
            if (picked == null) {
                return Failure.NO_ENDPOINT;
            }
            boolean again = seen.contains(picked);
            seen.add(picked);
            if (hasRoom(picked) && permit.tryBegin(picked)) {
                return null;
            }
            if (again) {
                break;
            }
        }
        binding.upstreamMeter().overflowed(Overflow.ENDPOINTS);
        return Failure.ENDPOINTS_FULL;
    }

    /** Every attempt in flight at an endpoint of TCP listeners is a connection to it. */
    private boolean hasRoom(EndpointState endpoint) {
        return endpoint.inFlight() < binding.destination().config().pool().maxConnections();
    }

    private void connect() {
        EndpointState endpoint = Objects.requireNonNull(endpoint());
        if (made++ > 0) {
            binding.upstreamMeter().retried();
        }
        connection.recording().picked(endpoint.text());
        RelayReads reads = new RelayReads();
        RelayEnd end = new RelayEnd(connection, Side.UPSTREAM, reads);
        ChannelFuture future = loop.connector.connectHalfClosable(
                endpoint.address(), binding.destination().config().timeouts().connect(), reads, end);
        pending = future;
        future.addListener(done -> loop.connector.onLoop(() -> onDone(future, end)));
    }

    private void onDone(ChannelFuture future, RelayEnd end) {
        if (future != pending) {
            future.channel().close(); // given up meanwhile
            return;
        }
        pending = null;
        if (future.isSuccess()) {
            onEstablished(end);
        } else {
            fail(Connector.failure(future.cause()));
        }
    }

    private void onEstablished(RelayEnd end) {
        established = true;
        tried = null;
        endRetry();
        binding.budget().connected(loop.clock.batchNanos());
        loop.telemetry.opened(Side.UPSTREAM);
        connection.recording().connected();
        UpstreamConfig.ProxyProtocol version = binding.destination().config().proxyProtocol();
        if (version != UpstreamConfig.ProxyProtocol.OFF) {
            Passage passage = connection.passage();
            end.write(ProxyHeaderWriter.write(version, passage, end.channel().alloc()));
        }
        connection.onConnected(end);
    }

    /** The endpoint became unfit before it took the connection. */
    void abandon() {
        giveUp();
        fail(Failure.CONNECT_ABANDONED);
    }

    private void fail(Failure failure) {
        endRetry();
        boolean itsFault = failure.retry() == Failure.Retry.ALWAYS;
        endPermit(itsFault ? Fault.CONNECT : null);
        boolean again = itsFault
                && made < binding.destination().config().maxAttempts()
                && binding.budget().begin(loop.clock.batchNanos());
        retrying = again;
        if (again && choose() == null) {
            connect();
        } else {
            connection.end(failure);
        }
    }

    private void endRetry() {
        if (retrying) {
            retrying = false;
            binding.budget().end();
        }
    }

    private void giveUp() {
        ChannelFuture abandoned = pending;
        pending = null;
        if (abandoned != null) {
            abandoned.channel().close();
        }
    }

    private void endPermit(@Nullable Fault fault) {
        if (fault != null) {
            permit.dropped(fault);
        } else if (established) {
            permit.success(-1);
        } else {
            permit.ignored();
        }
    }

    /** The endpoint at hand, or null. */
    @Nullable
    EndpointState endpoint() {
        return permit.endpoint();
    }

    /** All is over, with this to say about the endpoint; null: it is well, if it took the connection. */
    void end(@Nullable Fault fault) {
        giveUp();
        endRetry();
        if (permit.endpoint() != null) {
            endPermit(fault);
        }
        if (entered != null) {
            entered.leave();
            entered = null;
        }
    }
}
