package io.evenkeel.discovery.testing;

import io.evenkeel.discovery.Endpoint;
import io.evenkeel.discovery.EndpointSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A listener that writes down what it heard, and on which threads. */
public final class Heard implements EndpointSource.Listener {

    public final List<List<Endpoint>> sets = new CopyOnWriteArrayList<>();
    public final List<String> failures = new CopyOnWriteArrayList<>();
    public final List<String> threads = new CopyOnWriteArrayList<>();

    @Override
    public void onEndpoints(List<Endpoint> endpoints) {
        threads.add(Thread.currentThread().getName());
        sets.add(endpoints);
    }

    @Override
    public void onFailure(String reason) {
        threads.add(Thread.currentThread().getName());
        failures.add(reason);
    }

    public List<Endpoint> latest() {
        return sets.isEmpty() ? List.of() : sets.get(sets.size() - 1);
    }
}
