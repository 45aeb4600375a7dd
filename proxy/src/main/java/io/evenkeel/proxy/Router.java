package io.evenkeel.proxy;

import io.evenkeel.balancer.Upstream;
import io.evenkeel.balancer.UpstreamRegistry;
import io.evenkeel.config.ConfigProblem;
import io.evenkeel.config.ConfigWatcher;
import io.evenkeel.config.ListenerConfig;
import io.evenkeel.config.RouterConfig;
import io.evenkeel.config.ShutdownConfig;
import io.evenkeel.proxy.admin.AdminServer;
import io.evenkeel.proxy.listener.Destinations;
import io.evenkeel.proxy.listener.EventLoops;
import io.evenkeel.proxy.listener.Listeners;
import io.evenkeel.proxy.loop.Transport;
import io.evenkeel.proxy.overload.OverloadMonitor;
import io.evenkeel.proxy.overload.OverloadState;
import io.evenkeel.proxy.overload.Pressure;
import io.evenkeel.proxy.overload.Pressures;
import io.evenkeel.proxy.overload.Resource;
import io.evenkeel.proxy.route.RouteTable;
import io.evenkeel.proxy.tcp.TcpRoutes;
import io.evenkeel.proxy.telemetry.DiscoveryStatus;
import io.evenkeel.proxy.telemetry.OverloadStatus;
import io.evenkeel.proxy.telemetry.Telemetry;
import io.evenkeel.proxy.tls.UpstreamTlsTable;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One running router: listeners, upstreams, telemetry and admin endpoints behind one handle.
 *
 * <p><b>Threading.</b> All methods may be called from any thread but an event loop; they block until done.
 */
public final class Router implements AutoCloseable {

    /** 10 ms: how late a shutdown may notice that the last connection has gone. */
    private static final long SHUTDOWN_POLL_NANOS = 10_000_000;

    private final Telemetry telemetry;
    private final ControlPlane control;
    private final UpstreamRegistry upstreams;
    private final EventLoops loops;
    private final Listeners listeners;
    private final RouterAdmin admin;
    private final OverloadMonitor monitor;
    private final Set<Upstream> watched = new HashSet<>();

    /** Publishes the routes in force; {@link #install} writes, event loops read. */
    private volatile RouteTable routes;

    /** Publishes where connections of TCP listeners go; {@link #install} writes, event loops read. */
    private volatile TcpRoutes tcpRoutes;

    /** What the configuration file says, without what labels add. Guarded by this. */
    private RouterConfig file;

    /** Publishes the configuration in force; {@link #install} writes, admin and tests read. */
    private volatile RouterConfig config;

    /** Publishes that the router is leaving; {@link #shutdown} writes, readiness reads. */
    private volatile boolean leaving;

    private @Nullable AdminServer adminServer;

    /** Publishes that all is over; {@link #close} writes, {@link #shutdown} reads. */
    private volatile boolean closed;

    private Router(RouterConfig config, UnaryOperator<Map<Resource, Pressure>> resources) {
        this.config = config;
        this.file = config;
        int count = config.runtime().eventLoops() == 0
                ? Runtime.getRuntime().availableProcessors()
                : config.runtime().eventLoops();
        Transport transport = Transport.choose(config.runtime().transport(), relays(config));
        telemetry = new Telemetry(count, config.accessLog());
        control = new ControlPlane(config, this::relabel);
        upstreams = control.upstreams();
        OverloadState overload = new OverloadState();
        loops = new EventLoops(count, transport, telemetry, overload);
        monitor = new OverloadMonitor(
                config,
                overload,
                () -> resources.apply(Pressures.ofProcess(this.loops.loops(), this.telemetry)),
                loops::refreshAcceptors);
        routes = RouteTable.of(config, this::upstream);
        tcpRoutes = TcpRoutes.of(config, this::upstream);
        listeners = new Listeners(loops, new Destinations(() -> routes, () -> tcpRoutes), pseudonym(config));
        telemetry.stickTables(() -> StickTables.of(routes));
        telemetry.certificates(listeners::certificates);
        admin = new RouterAdmin(this, upstreams, telemetry, control.events());
    }

    /** Whether there are connections that bytes only pass through. */
    private static boolean relays(RouterConfig config) {
        return config.listeners().stream()
                .anyMatch(listener -> listener.protocol() == ListenerConfig.Protocol.TCP
                        && listener.tls().isEmpty());
    }

    /** Unique, because a request that meets the same name twice is taken for a loop. */
    private static String pseudonym(RouterConfig config) {
        String name = config.runtime().name();
        return name.isEmpty()
                ? "evenkeel-" + Integer.toHexString(ThreadLocalRandom.current().nextInt() | 0x10000000)
                : name;
    }

    /**
     * Binds everything and starts discovery; returns when every listener and the admin endpoint are bound.
     *
     * @throws java.io.UncheckedIOException with one line that names the listener and address that could not be bound
     */
    public static Router start(RouterConfig config) {
        return start(config, UnaryOperator.identity());
    }

    /** The same with other resources to watch than the process's, which are given. */
    static Router start(RouterConfig config, UnaryOperator<Map<Resource, Pressure>> resources) {
        Router router = new Router(config, resources);
        try {
            router.apply(config);
            router.monitor.start();
            router.adminServer = AdminServer.start(config.admin(), router.admin);
        } catch (RuntimeException e) {
            router.close();
            throw e;
        }
        return router;
    }

    /**
     * Puts another configuration in force: no exchange fails, no counter is lost. What can only be read at start ({@code runtime}, {@code admin}) stays.
     *
     * @throws java.io.UncheckedIOException if a listener cannot be bound or a log not be opened; all is as it was then
     */
    public synchronized void apply(RouterConfig next) {
        install(control.labels().addTo(next));
        file = next;
        control.labels().follow(next.discovery().swarm());
    }

    /** Puts what labels say now in force. */
    private synchronized void relabel() {
        if (!closed) {
            install(control.labels().addTo(file));
        }
    }

    private void install(RouterConfig next) {
        UpstreamTlsTable.Change security = loops.upstreamTls().prepare(next.upstreams());
        Listeners.Change change = prepare(next, security);
        security.commit(loops.loops());
        upstreams.apply(next.upstreams(), next.discovery());
        for (Upstream upstream : upstreams.upstreams()) {
            if (watched.add(upstream)) {
                upstream.addListener(loops);
            }
        }
        watched.retainAll(upstreams.upstreams());
        routes = routes.next(next, this::upstream);
        tcpRoutes = TcpRoutes.of(next, this::upstream);
        config = next;
        monitor.configure(next);
        change.commit();
    }

    private Listeners.Change prepare(RouterConfig next, UpstreamTlsTable.Change security) {
        Listeners.@Nullable Change change = null;
        try {
            change = listeners.prepare(next.listeners());
            telemetry.accessLog(next.accessLog());
            return change;
        } catch (RuntimeException e) {
            security.abandon();
            if (change != null) {
                change.abandon();
            }
            throw e;
        }
    }

    private Upstream upstream(String name) {
        return Objects.requireNonNull(upstreams.upstream(name), name);
    }

    /** The address that the listener of this name is bound to, with the real port. */
    public synchronized InetSocketAddress address(String listener) {
        return listeners.address(listener);
    }

    /** The address of the admin endpoints, with the real port. */
    public synchronized InetSocketAddress adminAddress() {
        return Objects.requireNonNull(adminServer, "the admin endpoints are not bound")
                .address();
    }

    /** Lets this watcher answer {@code POST /reload}, and its counts be scraped. */
    public void reloadedBy(ConfigWatcher watcher) {
        admin.reload(
                () -> watcher.reload().stream().map(ConfigProblem::toString).toList());
        telemetry.reloads(watcher::reloads);
    }

    /** Opens the access log's file again, after a log rotation moved it away. */
    public void reopenAccessLog() {
        telemetry.reopenAccessLog();
    }

    /** How the router talks to the kernel: {@code io_uring}, {@code epoll} or {@code nio}. */
    public String transport() {
        return loops.transport().toString();
    }

    /** Why this router should not be sent requests; empty when it is ready for them. */
    List<String> unready() {
        return leaving ? List.of("the router is shutting down") : control.unready();
    }

    /** How discovery fares beyond what its upstreams tell. */
    DiscoveryStatus discovery() {
        return control.status();
    }

    /** How scarce the router's own resources are. */
    OverloadStatus overload() {
        return monitor.status();
    }

    /** The configuration in force. */
    public RouterConfig config() {
        return config;
    }

    /** Readiness off, keep accepting for the grace, then finish what is in flight until the deadline, then close. Idempotent. */
    public void shutdown() {
        leaving = true;
        loops.drain();
        ShutdownConfig timing = config.shutdown();
        long beginNanos = System.nanoTime();
        while (!closed && System.nanoTime() - beginNanos < timing.grace().toNanos()) {
            pause();
        }
        stopAccepting();
        while (!closed
                && openConnections() > 0
                && System.nanoTime() - beginNanos < timing.deadline().toNanos()) {
            pause();
        }
        close();
    }

    private static void pause() {
        LockSupport.parkNanos(SHUTDOWN_POLL_NANOS);
    }

    private synchronized void stopAccepting() {
        if (!closed) {
            listeners.retire();
        }
    }

    private synchronized int openConnections() {
        return listeners.openConnections();
    }

    /** Closes at once: listeners, connections, event loops. Idempotent. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        control.events().close();
        if (adminServer != null) {
            adminServer.close();
        }
        monitor.close();
        listeners.close();
        loops.close();
        control.close();
        telemetry.close();
    }
}
