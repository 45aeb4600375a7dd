package io.evenkeel.proxy.upstream;

import io.evenkeel.config.UpstreamConfig;
import io.evenkeel.proxy.telemetry.Failure;

/** One event loop's connections to one endpoint, and those who wait for one. Event-loop confined. */
public interface EndpointPool {

    /**
     * Gets a connection for {@code user}, who is called at once where one is there.
     *
     * @param maxIdleNanos a connection that idled longer is not good enough: a request that must not be sent twice wants one that the endpoint
     *     cannot yet have grown tired of
     */
    void acquire(UpstreamUser user, long maxIdleNanos);

    /** The user waits no longer; it must not have been called yet. */
    void cancel(UpstreamUser user);

    /** Puts other limits in force, from the next acquisition on; an endpoint that had left is back. */
    void configure(UpstreamConfig now);

    /** Closes what idles too long or has become too old. To be called about once a second. */
    void sweep();

    /** The endpoint has left: idle connections close now, those in use when they are done. */
    void retire();

    /** The endpoint is unfit: idle connections close now, and everybody who waits for it or uses it is told. */
    void abandon();

    /** Has those who use the endpoint give it up, for this reason; those who begin meanwhile, because of it, are left alone. */
    void interrupt(Failure failure);

    /** Whether nothing is left to look after. */
    boolean unused();
}
