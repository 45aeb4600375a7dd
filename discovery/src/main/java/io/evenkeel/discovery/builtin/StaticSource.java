package io.evenkeel.discovery.builtin;

import io.evenkeel.discovery.Endpoint;
import io.evenkeel.discovery.EndpointSource;
import java.net.InetSocketAddress;
import java.util.List;

/** Endpoints whose addresses are written in the configuration: answers once, at the start, and cannot fail. */
final class StaticSource implements EndpointSource {

    private final List<Endpoint> endpoints;

    StaticSource(List<InetSocketAddress> addresses) {
        this.endpoints = addresses.stream().map(Endpoint::at).toList();
    }

    @Override
    public String name() {
        return "static";
    }

    @Override
    public void start(Listener listener) {
        listener.onEndpoints(endpoints);
    }

    @Override
    public void close() {}
}
