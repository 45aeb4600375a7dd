package io.evenkeel.balancer;

import io.evenkeel.balancer.endpoint.EndpointState;
import io.evenkeel.discovery.MergedEndpoint;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The states of an upstream's endpoints by address: those that are in it, and those that left it with attempts in flight. Not
 * thread-safe.
 */
final class EndpointStates {

    private Map<InetSocketAddress, EndpointState> present = Map.of();
    private final Map<InetSocketAddress, EndpointState> departing = new LinkedHashMap<>();

    /**
     * What an update changed.
     *
     * @param now all that are in the upstream, in the order reported
     */
    record Change(List<EndpointState> now, List<EndpointState> added, List<EndpointState> removed) {}

    /** Takes the complete set. An address that was in the upstream, or has not quite left it, keeps its state. */
    Change update(List<MergedEndpoint> endpoints) {
        Map<InetSocketAddress, EndpointState> before = new LinkedHashMap<>(present);
        Map<InetSocketAddress, EndpointState> now = new LinkedHashMap<>();
        List<EndpointState> added = new ArrayList<>();
        for (MergedEndpoint endpoint : endpoints) {
            EndpointState state = before.remove(endpoint.address());
            if (state == null) {
                state = come(endpoint);
                added.add(state);
            }
            state.report(endpoint);
            now.put(endpoint.address(), state);
        }
        present = now;
        departing.putAll(before);
        return new Change(List.copyOf(now.values()), added, List.copyOf(before.values()));
    }

    /** The state of an endpoint that is in the upstream, else null. */
    @Nullable
    EndpointState present(InetSocketAddress address) {
        return present.get(address);
    }

    /** Those that left and have not been forgotten. */
    List<EndpointState> departing() {
        return List.copyOf(departing.values());
    }

    /** Forgets those that left and have nothing in flight; gives them. */
    List<EndpointState> forgetIdle() {
        List<EndpointState> idle = departing.values().stream()
                .filter(state -> state.inFlight() == 0)
                .toList();
        idle.forEach(state -> departing.remove(state.address()));
        return idle;
    }

    private EndpointState come(MergedEndpoint endpoint) {
        EndpointState returning = departing.remove(endpoint.address());
        return returning != null ? returning : new EndpointState(endpoint);
    }
}
