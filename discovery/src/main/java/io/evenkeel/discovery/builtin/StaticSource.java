package io.evenkeel.discovery.builtin;

import io.evenkeel.discovery.Endpoint;
import io.evenkeel.discovery.EndpointSource;
import java.util.List;

/** Endpoints whose addresses are written in the configuration: answers once, at the start, and cannot fail. */
final class StaticSource implements EndpointSource {

    private final String name;
    private final List<Endpoint> endpoints;

    StaticSource(String name, List<Endpoint> endpoints) {
        this.name = name;
        this.endpoints = List.copyOf(endpoints);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void start(Listener listener) {
        listener.onEndpoints(endpoints);
    }

    @Override
    public void close() {}
}
