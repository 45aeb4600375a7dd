package io.evenkeel.balancer;

import io.evenkeel.config.BalancerConfig.Policy;
import io.evenkeel.discovery.MergedEndpoint;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A named group of interchangeable endpoints, as it is now. Lives as long as its name is configured; reloads and discovery change what
 * is in it.
 *
 * <p><b>Threading.</b> Event loops read {@link #snapshot} and nothing else. Everything that changes it belongs to the control plane and
 * is guarded by this object's lock, which no request ever takes.
 */
public final class Upstream {

    private static final Logger LOG = LoggerFactory.getLogger(Upstream.class);

    private final String name;
    private final List<EndpointListener> listeners = new CopyOnWriteArrayList<>();

    /** States of the endpoints in the snapshot, and of departed ones that still have attempts in flight. Guarded by this. */
    private final Map<InetSocketAddress, EndpointState> states = new HashMap<>();

    /** Guarded by this. */
    private Policy policy;

    /** Publishes the endpoints and their picker; the control plane writes, event loops read it once per request. */
    private volatile UpstreamSnapshot snapshot;

    /** Publishes that discovery has answered once; the control plane writes, readiness reads. */
    private volatile boolean discovered;

    public Upstream(String name, Policy policy) {
        this.name = name;
        this.policy = policy;
        this.snapshot = UpstreamSnapshot.of(policy, List.of());
    }

    public String name() {
        return name;
    }

    public UpstreamSnapshot snapshot() {
        return snapshot;
    }

    /** True once any of its sources has answered, be it with no endpoint at all. */
    public boolean discovered() {
        return discovered;
    }

    /** Adds a listener for changes from now on; what is there already is in {@link #snapshot}. */
    public void addListener(EndpointListener listener) {
        listeners.add(listener);
    }

    public void removeListener(EndpointListener listener) {
        listeners.remove(listener);
    }

    /** Publishes the complete set of endpoints. An address that was here keeps its state. */
    public synchronized void update(List<MergedEndpoint> endpoints) {
        List<EndpointState> before = snapshot.endpoints();
        List<EndpointState> now = new ArrayList<>(endpoints.size());
        for (MergedEndpoint endpoint : endpoints) {
            now.add(stateOf(endpoint));
        }
        List<EndpointState> added = without(now, before);
        List<EndpointState> removed = without(before, now);
        removed.forEach(state -> state.draining(false));
        publish(now);
        discovered = true;
        forgetIdle(now);
        LOG.info("upstream {}: endpoints: {}, new: {}, gone: {}", name, now.size(), added.size(), removed.size());
        tell(added, removed);
    }

    /**
     * Sends no new attempt to this endpoint until {@link #undrain}; attempts in flight go on. The drain ends too when the endpoint leaves
     * the upstream, because its address may come back as somebody else.
     *
     * @return false when the upstream has no such endpoint
     */
    public boolean drain(InetSocketAddress address) {
        return draining(address, true);
    }

    /** Takes back {@link #drain}; false when the upstream has no such endpoint. */
    public boolean undrain(InetSocketAddress address) {
        return draining(address, false);
    }

    /** Picks by another policy from now on; endpoints and counts stay. */
    synchronized void policy(Policy wanted) {
        if (wanted != policy) {
            policy = wanted;
            publish(snapshot.endpoints());
        }
    }

    /**
     * Tells the listeners that every endpoint left, because the upstream itself did. The snapshot stays, so that an exchange routed by an
     * older route table still finds its endpoint.
     */
    synchronized void retire() {
        tell(List.of(), snapshot.endpoints());
        listeners.clear();
    }

    private synchronized boolean draining(InetSocketAddress address, boolean on) {
        for (EndpointState state : snapshot.endpoints()) {
            if (state.address().equals(address)) {
                state.draining(on);
                publish(snapshot.endpoints());
                return true;
            }
        }
        return false;
    }

    private EndpointState stateOf(MergedEndpoint endpoint) {
        EndpointState state = states.computeIfAbsent(endpoint.address(), address -> new EndpointState(endpoint));
        state.report(endpoint);
        return state;
    }

    private void publish(List<EndpointState> endpoints) {
        snapshot = UpstreamSnapshot.of(policy, endpoints);
    }

    /** Departed states go once nothing is in flight at them; this is looked at on every update, so they cannot pile up. */
    private void forgetIdle(List<EndpointState> present) {
        Set<EndpointState> kept = new HashSet<>(present);
        states.values().removeIf(state -> state.inFlight() == 0 && !kept.contains(state));
    }

    private void tell(List<EndpointState> added, List<EndpointState> removed) {
        for (EndpointListener listener : listeners) {
            added.forEach(listener::onAdded);
            removed.forEach(listener::onRemoved);
        }
    }

    private static List<EndpointState> without(List<EndpointState> all, List<EndpointState> excluded) {
        Set<EndpointState> set = new HashSet<>(excluded);
        return all.stream().filter(state -> !set.contains(state)).toList();
    }
}
