package io.evenkeel.proxy.telemetry;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Everything that one event loop counts and logs.
 *
 * <p><b>Threading.</b> Meters may be looked up from any thread; {@link #opened}, {@link #closed}, {@link #failed} and the access log
 * are confined to the loop. No lock, no allocation. A meter, once made, is kept for ever, so that its counts survive every reload.
 */
@SuppressWarnings("EnumOrdinal") // ordinals index plain arrays, never leave the class, and cost no map
public final class LoopTelemetry {

    private static final int SIDES = Side.values().length;
    private static final int FAILURES = Failure.values().length;

    private final ConcurrentMap<RouteLabels, RouteMeter> routes = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, UpstreamMeter> upstreams = new ConcurrentHashMap<>();
    private final ConcurrentMap<List<String>, TcpMeter> tcp = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, TlsMeter> tls = new ConcurrentHashMap<>();
    private final LoopCounter[] opened = LoopCounter.table(SIDES);
    private final LoopCounter[] closed = LoopCounter.table(SIDES);
    private final LoopCounter[] failures = LoopCounter.table(FAILURES);
    private final Http2Meter http2 = new Http2Meter();
    private final AccessLogWriter accessLog;

    LoopTelemetry(AccessLogWriter accessLog) {
        this.accessLog = accessLog;
    }

    /** The meter of a route, the same for the same names; to be looked up when a route table is installed, not per request. */
    public RouteMeter meter(String listener, String route, String upstream) {
        return routes.computeIfAbsent(new RouteLabels(listener, route, upstream), RouteMeter::new);
    }

    /** The meter of an upstream, the same for the same name. */
    public UpstreamMeter upstreamMeter(String upstream) {
        return upstreams.computeIfAbsent(upstream, UpstreamMeter::new);
    }

    /** The meter of what goes from a TCP listener to an upstream, the same for the same names; an empty name: to none. */
    public TcpMeter tcpMeter(String listener, String upstream) {
        return tcp.computeIfAbsent(List.of(listener, upstream), names -> new TcpMeter(listener, upstream));
    }

    /** The meter of a listener's TLS handshakes, the same for the same name. */
    public TlsMeter tlsMeter(String listener) {
        return tls.computeIfAbsent(listener, TlsMeter::new);
    }

    /** A connection of this side was established. */
    public void opened(Side side) {
        opened[side.ordinal()].increment();
    }

    /** A connection that was {@link #opened} is gone. */
    public void closed(Side side) {
        closed[side.ordinal()].increment();
    }

    /** An exchange failed; called once per failed exchange, not per attempt. */
    public void failed(Failure failure) {
        failures[failure.ordinal()].increment();
    }

    /** What is counted of HTTP/2. */
    public Http2Meter http2() {
        return http2;
    }

    public AccessLogWriter accessLog() {
        return accessLog;
    }

    Collection<RouteMeter> routeMeters() {
        return routes.values();
    }

    Collection<TlsMeter> tlsMeters() {
        return tls.values();
    }

    Collection<UpstreamMeter> upstreamMeters() {
        return upstreams.values();
    }

    Collection<TcpMeter> tcpMeters() {
        return tcp.values();
    }

    /** Connections open now; never negative, because what was closed is read before what was opened. */
    long open(Side side) {
        long gone = closed[side.ordinal()].read();
        return opened[side.ordinal()].read() - gone;
    }

    long openedInTotal(Side side) {
        return opened[side.ordinal()].read();
    }

    long failures(Failure failure) {
        return failures[failure.ordinal()].read();
    }
}
