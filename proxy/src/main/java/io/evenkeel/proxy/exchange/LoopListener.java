package io.evenkeel.proxy.exchange;

import io.evenkeel.proxy.affinity.LoopAffinity;
import io.evenkeel.proxy.http.ClientAddress;
import io.evenkeel.proxy.http.RequestHead;
import io.evenkeel.proxy.ratelimit.LoopRateLimit;
import io.evenkeel.proxy.ratelimit.RateLimit;
import io.evenkeel.proxy.route.Route;
import io.evenkeel.proxy.route.RouteTable;
import io.evenkeel.proxy.telemetry.RouteMeter;
import io.evenkeel.proxy.telemetry.UpstreamMeter;
import io.netty.channel.ChannelHandler;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One listener as one event loop sees it: its settings, its routes with this loop's meters, its open connections. Event-loop confined. */
public final class LoopListener {

    private static final String NONE = "";

    private final LoopContext loop;
    private final Supplier<ListenerSettings> settings;
    private final Supplier<RouteTable> table;
    private final RouteMeter unrouted;
    private RouteBinding[] bindings = new RouteBinding[0];
    private @Nullable RouteTable bound;
    private @Nullable ClientPlace first;
    private @Nullable Function<ClientAddress, ChannelHandler> http2;
    private boolean retired;

    /**
     * @param settings reads the settings in force, one volatile read
     * @param table reads the routes in force, one volatile read
     */
    public LoopListener(LoopContext loop, Supplier<ListenerSettings> settings, Supplier<RouteTable> table) {
        this.loop = loop;
        this.settings = settings;
        this.table = table;
        this.unrouted = loop.telemetry.meter(settings.get().name(), NONE, NONE);
    }

    public LoopContext loop() {
        return loop;
    }

    public ListenerSettings settings() {
        return settings.get();
    }

    /** Whether connections end after the exchange at work. */
    public boolean retired() {
        return retired || loop.draining() || loop.overload.shortening();
    }

    /** Counts what takes no route. */
    RouteMeter unrouted() {
        return unrouted;
    }

    /** The route that this request takes, or null. */
    @Nullable
    RouteBinding route(RequestHead head) {
        RouteTable now = table.get();
        if (now != bound) {
            bound = now;
            bindings = now.routes().stream().map(this::bind).toArray(RouteBinding[]::new);
        }
        Route route = now.find(head);
        return route == null ? null : bindings[route.index()];
    }

    private RouteBinding bind(Route route) {
        String upstream = route.upstream().name();
        RateLimit limit = route.rateLimit();
        UpstreamMeter upstreamMeter = loop.telemetry.upstreamMeter(upstream);
        return new RouteBinding(
                route,
                loop.telemetry.meter(settings.get().name(), route.name(), upstream),
                upstreamMeter,
                loop.picks(upstream + route.subset()),
                new RetryRules(route.upstreamConfig()),
                loop.retries.of(route),
                new LoopAffinity(route.affinity(), route.tags(), upstreamMeter),
                limit == null ? null : new LoopRateLimit(limit, upstreamMeter::keyAborted));
    }

    /** What serves connections that begin with HTTP/2's preface; none: they are refused. */
    public void http2(Function<ClientAddress, ChannelHandler> handlers) {
        http2 = handlers;
    }

    /** A new handler for a connection that speaks HTTP/2, or null where that is not served. */
    @Nullable
    ChannelHandler http2(ClientAddress client) {
        return http2 == null || !settings().http2().enabled() ? null : http2.apply(client);
    }

    public void opened(ClientPlace connection) {
        connection.next = first;
        if (first != null) {
            first.previous = connection;
        }
        first = connection;
    }

    public void closed(ClientPlace connection) {
        if (connection.previous == null) {
            first = connection.next;
        } else {
            connection.previous.next = connection.next;
        }
        if (connection.next != null) {
            connection.next.previous = connection.previous;
        }
    }

    /** Closes the connections that have no exchange; the others close after theirs. */
    public void retire() {
        retired = true;
        for (ClientPlace each = first; each != null; ) {
            ClientPlace following = each.next;
            each.connection.closeIfIdle();
            each = following;
        }
    }

    /** Closes every connection, whatever it is doing. */
    public void closeAll() {
        for (ClientPlace each = first; each != null; ) {
            ClientPlace following = each.next;
            each.connection.shutDown();
            each = following;
        }
    }
}
