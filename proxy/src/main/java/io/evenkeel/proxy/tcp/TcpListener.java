package io.evenkeel.proxy.tcp;

import io.evenkeel.proxy.http.ClientAddress;
import io.evenkeel.proxy.telemetry.TcpMeter;
import io.netty.channel.Channel;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One TCP listener as one event loop sees it: its settings, its destinations with this loop's meters, its connections. Event-loop confined. */
public final class TcpListener {

    private final TcpLoop loop;
    private final Supplier<TcpSettings> settings;
    private final Supplier<TcpRoutes> routes;
    private final TcpMeter unrouted;
    private TcpTable table = TcpTable.NOWHERE;
    private DestinationBinding[] bindings = {};

    /**
     * @param settings reads the settings in force, one volatile read
     * @param routes reads the destinations in force, one volatile read
     */
    public TcpListener(TcpLoop loop, Supplier<TcpSettings> settings, Supplier<TcpRoutes> routes) {
        this.loop = loop;
        this.settings = settings;
        this.routes = routes;
        this.unrouted = loop.telemetry.tcpMeter(settings.get().name(), "");
    }

    /** Sets up how a connection that was just accepted reads, before it reads anything. */
    public void prepare(Channel channel) {
        channel.config().setRecvByteBufAllocator(new RelayReads());
    }

    /** Serves a connection that was prepared and let in: adds its handler, whose first event is to be {@code channelActive}. */
    public void begin(Channel channel, ClientAddress client) {
        RelayReads reads = channel.config().getRecvByteBufAllocator();
        channel.pipeline().addLast(new TcpConnection(this, client, reads).clientEnd());
    }

    TcpLoop loop() {
        return loop;
    }

    TcpSettings settings() {
        return settings.get();
    }

    /** Counts what goes nowhere. */
    TcpMeter unrouted() {
        return unrouted;
    }

    /** The destinations in force now. */
    TcpTable table() {
        String name = settings.get().name();
        TcpTable now = routes.get().of(name);
        if (now != table) {
            table = now;
            bindings = now.destinations().stream()
                    .map(destination -> loop.bind(name, destination))
                    .toArray(DestinationBinding[]::new);
        }
        return now;
    }

    /** Where a connection that names this server goes, or null: nowhere. */
    @Nullable
    DestinationBinding route(@Nullable String server) {
        Destination destination = table().find(server);
        return destination == null ? null : bindings[destination.index()];
    }

    /** Closes the connections that are not relayed yet; the others go on until an end of theirs is closed. */
    public void retire() {
        loop.connections.forEach(connection -> connection.retire(this));
    }

    /** Closes every connection. */
    public void closeAll() {
        loop.connections.forEach(connection -> connection.shutDown(this));
    }
}
