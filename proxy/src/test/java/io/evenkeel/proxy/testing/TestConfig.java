package io.evenkeel.proxy.testing;

import io.evenkeel.config.AccessLogConfig;
import io.evenkeel.config.AdminConfig;
import io.evenkeel.config.DiscoveryConfig;
import io.evenkeel.config.EndpointSourceConfig.StaticSource;
import io.evenkeel.config.ForwardingConfig;
import io.evenkeel.config.HostPort;
import io.evenkeel.config.ListenerConfig;
import io.evenkeel.config.MatchConfig;
import io.evenkeel.config.OverloadConfig;
import io.evenkeel.config.RebalanceConfig;
import io.evenkeel.config.RegisterConfig;
import io.evenkeel.config.RouteConfig;
import io.evenkeel.config.RouterConfig;
import io.evenkeel.config.RuntimeConfig;
import io.evenkeel.config.ShutdownConfig;
import io.evenkeel.config.UpstreamConfig;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The configuration of a router under test: one listener, one route, one upstream, everything else at its default. */
public final class TestConfig {

    static final String LISTENER = "web";

    private TestConfig() {}

    /** One event loop, so that what happened before can be told; nothing is added to what is forwarded. */
    public static RouterConfig plain(InetSocketAddress... endpoints) {
        return RecordEdit.with(full(endpoints), "listeners.0.forwarding", forwarding(false));
    }

    /** The same with every field that the router adds. */
    public static RouterConfig full(InetSocketAddress... endpoints) {
        return new RouterConfig(
                admin(0),
                new RuntimeConfig(1, transport(), "router-under-test", "", ""),
                List.of(listener()),
                List.of(route("all", "/", "endpoints")),
                List.of(upstream("endpoints", endpoints)),
                DiscoveryConfig.defaults(),
                RegisterConfig.defaults(),
                RebalanceConfig.defaults(),
                OverloadConfig.defaults(),
                new AccessLogConfig(AccessLogConfig.Format.OFF, Optional.empty(), 1 << 20),
                new ShutdownConfig(Duration.ZERO, Duration.ofSeconds(10)));
    }

    /** A copy with one knob turned; see {@link RecordEdit#with}. */
    public static RouterConfig with(RouterConfig config, String path, Object value) {
        return RecordEdit.with(config, path, value);
    }

    /** A route by path prefix for every host. */
    public static RouteConfig route(String name, String pathPrefix, String upstream) {
        return RouteConfig.of(
                name,
                new MatchConfig(List.of(), Optional.empty(), Optional.of(pathPrefix), List.of(), List.of()),
                upstream);
    }

    /** An upstream of static endpoints. */
    public static UpstreamConfig upstream(String name, InetSocketAddress... endpoints) {
        List<HostPort> addresses = Arrays.stream(endpoints)
                .map(address -> new HostPort("127.0.0.1", address.getPort()))
                .toList();
        return RecordEdit.with(UpstreamConfig.of(name, List.of(new StaticSource(addresses))), "maxAttempts", 2);
    }

    /** Admin endpoints on this machine, without a token. */
    public static AdminConfig admin(int port) {
        return new AdminConfig(new HostPort("127.0.0.1", port), Optional.empty());
    }

    private static ListenerConfig listener() {
        return RecordEdit.with(ListenerConfig.http(LISTENER, loopback(), forwarding(true)), "backlog", 512);
    }

    private static ForwardingConfig forwarding(boolean on) {
        return new ForwardingConfig(List.of(), on, on, on, on, on);
    }

    private static HostPort loopback() {
        return new HostPort("127.0.0.1", 0);
    }

    private static RuntimeConfig.Transport transport() {
        String name = System.getProperty("evenkeel.test.transport", "auto");
        return RuntimeConfig.Transport.valueOf(name.toUpperCase(Locale.ROOT));
    }
}
