package io.evenkeel.proxy.tls;

import io.evenkeel.config.ConfigFile;
import io.evenkeel.config.Environment;
import io.evenkeel.config.RouterConfig;
import io.evenkeel.proxy.testing.RouterFixture;
import java.net.InetSocketAddress;
import java.util.Locale;

/** Routers whose configuration is a text, so that tests say what an operator would. */
final class TlsRouter {

    private static final String YAML =
            """
            admin: { address: "127.0.0.1:0" }
            runtime: { event-loops: 1, transport: %s, name: router-under-test }
            access-log: { format: off }
            shutdown: { grace: 0s }
            listeners:
            - name: web
              address: "127.0.0.1:0"
            %s
            routes: [ { upstream: endpoints } ]
            upstreams:
            - name: endpoints
              endpoints: [ { static: [ "127.0.0.1:%d" ] } ]
            %s
            """;

    private TlsRouter() {}

    /** A router with one listener, of which {@code listener} tells more, in front of a recording upstream. */
    static RouterFixture start(String listener) {
        return RouterFixture.start(address -> config(listener, address));
    }

    /** The configuration of such a router. */
    static RouterConfig config(String listener, InetSocketAddress endpoint) {
        return config(listener, endpoint, "");
    }

    /** @param upstream tells more of the upstream */
    static RouterConfig config(String listener, InetSocketAddress endpoint, String upstream) {
        String transport = System.getProperty("evenkeel.test.transport", "auto")
                .toLowerCase(Locale.ROOT)
                .replace('_', '-');
        String yaml = YAML.formatted(transport, indent(listener), endpoint.getPort(), indent(upstream));
        return ConfigFile.parse("tls.yaml", yaml, Environment.system()).orThrow();
    }

    private static String indent(String text) {
        return text.indent(2).stripTrailing();
    }
}
