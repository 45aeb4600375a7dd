package io.evenkeel.perf.faults;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP/1.1 endpoint that can be made to fail while it runs.
 *
 * <p>Threading: everything happens on its event loop; the methods that are not said to be otherwise may be called from any other
 * thread. Ownership: closes its sockets.
 */
final class FaultyEndpoint implements AutoCloseable {

    /** How long a flapping endpoint stays up, and down: longer than a request, shorter than a health check. */
    static final int FLAP_MILLIS = 300;

    private final EventLoop loop;
    private final InetSocketAddress address;
    private final Doorway doorway;
    private final Workers workers;
    private final Set<EndpointConnection> connections = new LinkedHashSet<>();
    private final AtomicLong attempts = new AtomicLong();
    private final AtomicLong unsafeAttempts = new AtomicLong();
    private Mode mode = Mode.OK;
    private boolean up = true;
    private @Nullable Future<?> flapping;

    private FaultyEndpoint(EventLoop loop, InetSocketAddress address, SplittableRandom random) {
        this.loop = loop;
        this.address = address;
        workers = new Workers(loop, random);
        doorway = new Doorway(loop, address, new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                channel.pipeline().addLast(new EndpointConnection(FaultyEndpoint.this));
            }
        });
    }

    /** Listens and is {@link Mode#OK}. */
    static FaultyEndpoint start(EventLoop loop, InetSocketAddress address, SplittableRandom random) {
        FaultyEndpoint endpoint = new FaultyEndpoint(loop, address, random);
        loop.submit(endpoint.doorway::open).syncUninterruptibly().getNow().syncUninterruptibly();
        return endpoint;
    }

    /** Where it listens. */
    InetSocketAddress address() {
        return address;
    }

    /** The address as the configuration of a proxy says it. */
    String name() {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }

    /** Requests it has received, without health checks. */
    long attempts() {
        return attempts.get();
    }

    /** Those of them that may not be repeated. */
    long unsafeAttempts() {
        return unsafeAttempts.get();
    }

    /** Behaves so from now on. Gives what was in flight. */
    Impact become(Mode next) {
        return loop.submit(() -> change(next)).syncUninterruptibly().getNow();
    }

    /** What it can do from now on. */
    void serve(Service service) {
        loop.submit(() -> workers.serve(service)).syncUninterruptibly();
    }

    @Override
    public void close() {
        become(Mode.REFUSE);
    }

    private Impact change(Mode next) {
        Impact impact =
                new Impact(count(EndpointConnection::isAnswering), count(EndpointConnection::isAnsweringUnsafe));
        if (mode.isMute()) {
            workers.die();
            copy().stream().filter(EndpointConnection::isAnswering).forEach(EndpointConnection::reset);
        }
        if (flapping != null) {
            flapping.cancel(false);
            flapping = null;
        }
        mode = next;
        workers.slow(next == Mode.SLOW);
        connections.forEach(connection -> connection.hear(next != Mode.DEAF));
        switch (next) {
            case REFUSE -> kill();
            case VANISH -> {
                up = false;
                workers.die();
                doorway.choke();
            }
            case FLAP -> flapping = loop.scheduleAtFixedRate(this::flap, 0, FLAP_MILLIS, TimeUnit.MILLISECONDS);
            default -> revive();
        }
        return impact;
    }

    private void flap() {
        if (up) {
            kill();
        } else {
            revive();
        }
    }

    private void kill() {
        up = false;
        doorway.shut();
        workers.die();
        copy().forEach(EndpointConnection::reset);
    }

    private void revive() {
        if (!up) {
            up = true;
            doorway.open();
        }
    }

    private int count(Predicate<EndpointConnection> those) {
        return (int) connections.stream().filter(those).count();
    }

    /** Because a connection that is reset leaves the set. */
    private List<EndpointConnection> copy() {
        return List.copyOf(connections);
    }

    /** The mode. Event-loop confined, as all that follows. */
    Mode mode() {
        return mode;
    }

    Workers workers() {
        return workers;
    }

    void opened(EndpointConnection connection) {
        connections.add(connection);
    }

    void lost(EndpointConnection connection) {
        connections.remove(connection);
    }

    void received(boolean unsafe) {
        attempts.incrementAndGet();
        if (unsafe) {
            unsafeAttempts.incrementAndGet();
        }
    }
}
