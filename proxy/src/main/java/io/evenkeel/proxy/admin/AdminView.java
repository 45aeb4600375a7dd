package io.evenkeel.proxy.admin;

import io.evenkeel.discovery.events.Subscription;
import io.evenkeel.proxy.telemetry.UpstreamStatus;
import java.io.IOException;
import java.io.Writer;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/**
 * What the admin endpoints show of the router and may do to it.
 *
 * <p><b>Threading.</b> Called by the threads of the {@link AdminServer}: {@link #unreadyReasons} and {@link #events} by its event loop,
 * so they must not wait; all others by its one worker, one call at a time, and may.
 */
public interface AdminView {

    /** One line for each reason why the router should not be sent traffic; empty when it is ready. */
    List<String> unreadyReasons();

    /** All upstreams as they are now, in the order of the configuration. */
    List<UpstreamStatus> upstreams();

    /**
     * Subscribes to what becomes of endpoints, nodes and sources; the caller closes the subscription.
     *
     * @param since the id of the last event the subscriber knows; empty: it wants what happens from now on
     * @param onNews called on any thread when there is something to take, or nothing more will come
     */
    Subscription events(String since, Runnable onNews);

    /** The configuration in force as JSON, secrets masked. */
    String configJson();

    /** Writes what Prometheus scrapes, in the text format 0.0.4. */
    void writeMetrics(Writer writer) throws IOException;

    /**
     * Sends this endpoint nothing new until {@link #undrain}; what is in flight goes on.
     *
     * @param upstream the one to drain it in; empty: all that have it
     * @return the names of the upstreams in which it is drained now; empty when none has it
     */
    List<String> drain(InetSocketAddress endpoint, Optional<String> upstream);

    /** Takes back {@link #drain}, and answers likewise. */
    List<String> undrain(InetSocketAddress endpoint, Optional<String> upstream);

    /** Reads the configuration again and puts it in force; one line for each error, upon which nothing was changed. */
    List<String> reload();
}
