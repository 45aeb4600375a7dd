package io.evenkeel.balancer;

import io.evenkeel.balancer.endpoint.AttemptObserver;
import io.evenkeel.balancer.endpoint.EndpointState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Who hears how attempts end, at every endpoint of an upstream: each part of the control plane that wants to know has one observer per
 * endpoint, made when the endpoint comes. Not thread-safe.
 */
final class EndpointObservers {

    private final List<Function<EndpointState, ? extends AttemptObserver>> makers = new ArrayList<>();

    /** The observers of each endpoint that has not been forgotten, by who made them, in the order of {@link #makers}. */
    private final Map<EndpointState, Map<Function<EndpointState, ? extends AttemptObserver>, AttemptObserver>>
            observers = new LinkedHashMap<>();

    /** Has every endpoint observed by what this makes, those that are here now and those to come. */
    void add(Function<EndpointState, ? extends AttemptObserver> maker) {
        makers.add(maker);
        observers.keySet().forEach(this::observe);
    }

    /** Takes back {@link #add}. */
    void remove(Function<EndpointState, ? extends AttemptObserver> maker) {
        makers.remove(maker);
        observers.forEach((endpoint, made) -> {
            made.remove(maker);
            tell(endpoint);
        });
    }

    /** What this made for an endpoint; for one that has been forgotten, something that hears nothing. */
    @SuppressWarnings("unchecked") // a maker's observers are kept under the maker
    <T extends AttemptObserver> T made(Function<EndpointState, T> maker, EndpointState endpoint) {
        AttemptObserver made = of(endpoint).get(maker);
        return made == null ? maker.apply(endpoint) : (T) made;
    }

    /** These are observed from now on; one that departed and is back keeps its observers. */
    void came(List<EndpointState> endpoints) {
        for (EndpointState endpoint : endpoints) {
            observers.computeIfAbsent(endpoint, state -> new LinkedHashMap<>());
            observe(endpoint);
        }
    }

    /** Nothing will end at these any more. */
    void forget(List<EndpointState> endpoints) {
        endpoints.forEach(observers::remove);
    }

    private void observe(EndpointState endpoint) {
        Map<Function<EndpointState, ? extends AttemptObserver>, AttemptObserver> made = of(endpoint);
        makers.forEach(maker -> made.computeIfAbsent(maker, by -> by.apply(endpoint)));
        tell(endpoint);
    }

    private void tell(EndpointState endpoint) {
        endpoint.observers(List.copyOf(of(endpoint).values()));
    }

    private Map<Function<EndpointState, ? extends AttemptObserver>, AttemptObserver> of(EndpointState endpoint) {
        return observers.getOrDefault(endpoint, Map.of());
    }
}
