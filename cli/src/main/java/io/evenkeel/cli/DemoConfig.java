package io.evenkeel.cli;

import io.evenkeel.config.ConfigFile;
import io.evenkeel.config.Environment;
import io.evenkeel.config.RouterConfig;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** The configuration of the demo: two listeners, one route, one upstream of static endpoints, one event loop. */
final class DemoConfig {

    /** The name of the listener without TLS. */
    static final String LISTENER = "web";

    /** The name of the one with TLS. */
    static final String TLS_LISTENER = "tls";

    private static final String YAML =
            """
            runtime: { event-loops: 1 } # a stall of one of two would send what the other has to a single endpoint
            admin: { address: "%s" }
            listeners:
              - { name: web, address: "%s", protocol: http }
              - { name: tls, address: "%s", tls: { certificates: [ { chain: "%s", key: "%s" } ] } }
            routes:
              - { match: { path-prefix: / }, upstream: vvm }
            upstreams:
              - { name: vvm, endpoints: [ static: [%s] ] }
            """;

    private DemoConfig() {}

    /** Where the demo listens: without TLS, with it, and for its operator. */
    record Addressing(InetSocketAddress web, InetSocketAddress tls, InetSocketAddress admin) {}

    /** @param certificate a file with the certificate and the key of the listener with TLS */
    static RouterConfig of(Addressing at, Path certificate, List<InetSocketAddress> endpoints) {
        String quoted =
                endpoints.stream().map(e -> '"' + Addresses.show(e) + '"').collect(Collectors.joining(", "));
        String yaml = YAML.formatted(
                Addresses.show(at.admin),
                Addresses.show(at.web),
                Addresses.show(at.tls),
                certificate,
                certificate,
                quoted);
        return ConfigFile.parse("demo", yaml, Environment.system()).orThrow();
    }
}
