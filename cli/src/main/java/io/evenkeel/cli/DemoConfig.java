package io.evenkeel.cli;

import io.evenkeel.config.ConfigFile;
import io.evenkeel.config.Environment;
import io.evenkeel.config.RouterConfig;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.stream.Collectors;

/** The configuration of the demo: one listener, one route, one upstream of static endpoints, one event loop. */
final class DemoConfig {

    /** The name of its only listener. */
    static final String LISTENER = "web";

    private static final String YAML =
            """
            runtime: { event-loops: 1 } # a stall of one of two would send what the other has to a single endpoint
            admin: { address: "%s" }
            listeners:
              - { name: web, address: "%s", protocol: http }
            routes:
              - { match: { path-prefix: / }, upstream: vvm }
            upstreams:
              - { name: vvm, endpoints: [ static: [%s] ] }
            """;

    private DemoConfig() {}

    static RouterConfig of(InetSocketAddress web, InetSocketAddress admin, List<InetSocketAddress> endpoints) {
        String quoted =
                endpoints.stream().map(e -> '"' + Addresses.show(e) + '"').collect(Collectors.joining(", "));
        String yaml = YAML.formatted(Addresses.show(admin), Addresses.show(web), quoted);
        return ConfigFile.parse("demo", yaml, Environment.system()).orThrow();
    }
}
