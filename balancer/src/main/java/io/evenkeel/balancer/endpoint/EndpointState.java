package io.evenkeel.balancer.endpoint;

import io.evenkeel.discovery.Literals;
import io.evenkeel.discovery.MergedEndpoint;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What is alive about an endpoint: its counters, its fitness and whether it drains. Keyed by address within its upstream and outliving snapshots, so
 * that neither a reload nor a discovery update loses a count.
 *
 * <p><b>Threading.</b> Shared by all event loops, which count; everything else is written by the control plane alone.
 */
public final class EndpointState extends PaddedCounts.After {

    private static final AttemptObserver[] NOBODY = {};

    private final InetSocketAddress address;
    private final String text;
    private final AtomicLong failures = new AtomicLong();

    /** Publishes what discovery last said; the control plane writes, the admin endpoints read. */
    private volatile MergedEndpoint reported;

    /** Publishes the weight of what was reported; the control plane writes, event loops read. */
    private volatile int weight;

    /** Publishes whether it is sent anything new; the control plane writes, the admin endpoints and event loops read. */
    private volatile Drain drain = Drain.NONE;

    /** Publishes its fitness; the control plane writes, the admin endpoints and event loops read. */
    private volatile Standing standing = Standing.UNCHECKED;

    /** Publishes who hears how attempts end; the control plane writes, event loops read. Never modified once published. */
    private volatile AttemptObserver[] observers = NOBODY;

    /** Publishes how many attempts it may have in flight; limits write, event loops read. */
    private volatile int limit = Integer.MAX_VALUE;

    public EndpointState(MergedEndpoint reported) {
        this.address = reported.address();
        this.text = Literals.text(address);
        this.reported = reported;
        this.weight = reported.weight();
    }

    public InetSocketAddress address() {
        return address;
    }

    /** The address as logs and metrics have it, {@code 10.0.0.1:8822}. */
    public String text() {
        return text;
    }

    /** Attempts that failed since the endpoint became known; back-pressure is no failure. */
    public long failures() {
        return failures.get();
    }

    /** Its share of the traffic relative to its siblings, 1–1,000. */
    public int weight() {
        return weight;
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

    /** True while no new attempt is sent to it because an operator or its tag said so. */
    public boolean draining() {
        return drain.wished();
    }

    /** Since when it drains, in {@link System#nanoTime} unless a test has clocks of its own; meaningless unless it does. */
    public long drainingSinceNanos() {
        return drain.sinceNanos();
    }

    /** Who says that it drains. */
    public Drain drain() {
        return drain;
    }

    /** How fit for use it is. */
    public Standing standing() {
        return standing;
    }

    /** How many attempts it may have in flight, over all event loops; a picked endpoint that has as many is full. */
    public int limit() {
        return limit;
    }

    /** <b>Threading.</b> The control plane's. */
    public void report(MergedEndpoint endpoint) {
        this.reported = endpoint;
        this.weight = endpoint.weight();
    }

    /** <b>Threading.</b> The control plane's. */
    public void drain(Drain now) {
        this.drain = now;
    }

    /** <b>Threading.</b> The control plane's. */
    public void standing(Standing now) {
        this.standing = now;
    }

    /** Any thread; the last word counts. */
    public void limit(int now) {
        this.limit = now;
    }

    /** Replaces who hears how attempts end, from the next end on. <b>Threading.</b> The control plane's. */
    public void observers(List<AttemptObserver> now) {
        this.observers = now.toArray(AttemptObserver[]::new);
    }

    void attemptSucceeded(long headNanos) {
        for (AttemptObserver observer : observers) {
            observer.onSuccess(this, headNanos);
        }
    }

    void attemptFailed(Fault fault) {
        if (fault != Fault.BACK_PRESSURE) {
            failures.incrementAndGet();
        }
        for (AttemptObserver observer : observers) {
            observer.onDropped(this, fault);
        }
    }

    @Override
    public String toString() {
        return address + (draining() ? " draining" : "");
    }
}
