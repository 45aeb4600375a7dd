package io.evenkeel.balancer;

import io.evenkeel.discovery.MergedEndpoint;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What is alive about an endpoint: its counters and whether it drains. Keyed by address within its upstream and outliving snapshots, so
 * that neither a reload nor a discovery update loses a count.
 *
 * <p><b>Threading.</b> Shared by all event loops; what discovery says about it is written by the control plane alone.
 */
public final class EndpointState extends PaddedCounts.After {

    private final InetSocketAddress address;
    private final AtomicLong failures = new AtomicLong();

    /** Publishes what discovery last said; {@link Upstream} writes, the admin endpoints read. */
    private volatile MergedEndpoint reported;

    /** Publishes the operator's wish to send it nothing new; {@link Upstream} writes, the admin endpoints and event loops read. */
    private volatile boolean draining;

    EndpointState(MergedEndpoint reported) {
        this.address = reported.address();
        this.reported = reported;
    }

    public InetSocketAddress address() {
        return address;
    }

    /** Attempts that ended as dropped since the endpoint became known. */
    public long failures() {
        return failures.get();
    }

    /** Its share of the traffic relative to its siblings, 1–1,000. */
    public int weight() {
        return reported.weight();
    }

    /** The cluster node it runs on, where a source knows. */
    public Optional<String> node() {
        return reported.node();
    }

    /** The names of the sources that vouch for it; what they last said if none does any more. */
    public List<String> sources() {
        return reported.sources();
    }

    /** What each source last said about it. */
    public MergedEndpoint reported() {
        return reported;
    }

    /** True while no new attempt is sent to it because an operator said so. */
    public boolean draining() {
        return draining;
    }

    void attemptFailed() {
        failures.incrementAndGet();
    }

    void report(MergedEndpoint endpoint) {
        this.reported = endpoint;
    }

    void draining(boolean on) {
        this.draining = on;
    }

    @Override
    public String toString() {
        return address + (draining ? " draining" : "");
    }
}
