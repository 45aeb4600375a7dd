package io.evenkeel.discovery.builtin;

import io.evenkeel.config.EndpointSourceConfig;
import io.evenkeel.discovery.Endpoint;
import io.evenkeel.discovery.EndpointSource;
import java.util.List;
import java.util.Optional;

/** The endpoints of another source with a weight, a node and tags that are written in the configuration. */
final class DescribedSource implements EndpointSource {

    private final EndpointSource plain;
    private final EndpointSourceConfig.EndpointSource config;

    DescribedSource(EndpointSource plain, EndpointSourceConfig.EndpointSource config) {
        this.plain = plain;
        this.config = config;
    }

    @Override
    public String name() {
        return plain.name();
    }

    @Override
    public void start(Listener listener) {
        plain.start(new Listener() {
            @Override
            public void onEndpoints(List<Endpoint> endpoints) {
                listener.onEndpoints(
                        endpoints.stream().map(DescribedSource.this::described).toList());
            }

            @Override
            public void onFailure(String reason) {
                listener.onFailure(reason);
            }
        });
    }

    private Endpoint described(Endpoint endpoint) {
        Optional<String> node = config.node().isEmpty() ? endpoint.node() : Optional.of(config.node());
        return new Endpoint(endpoint.address(), config.weight(), node, config.tags(), endpoint.health());
    }

    @Override
    public void close() {
        plain.close();
    }
}
