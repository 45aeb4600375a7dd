package io.evenkeel.proxy.tcp;

import io.evenkeel.balancer.Upstream;
import io.evenkeel.config.ListenerConfig;
import io.evenkeel.config.RouterConfig;
import io.evenkeel.config.TcpConfig;
import io.evenkeel.config.UpstreamConfig;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** Where the connections of every TCP listener go, by the configuration in force. Immutable. */
public final class TcpRoutes {

    private final Map<String, TcpTable> byListener = new HashMap<>();

    private TcpRoutes() {}

    /** @param upstreams finds each upstream that a listener names */
    public static TcpRoutes of(RouterConfig config, Function<String, Upstream> upstreams) {
        Map<String, UpstreamConfig> configs = new HashMap<>();
        config.upstreams().forEach(upstream -> configs.put(upstream.name(), upstream));
        TcpRoutes routes = new TcpRoutes();
        for (ListenerConfig listener : config.listeners()) {
            if (listener.tcp().isPresent()) {
                TcpConfig tcp = listener.tcp().get();
                routes.byListener.put(listener.name(), TcpTable.of(tcp, configs, upstreams));
            }
        }
        return routes;
    }

    /** Those of the listener of this name; nowhere, where it has none. */
    TcpTable of(String listener) {
        return byListener.getOrDefault(listener, TcpTable.NOWHERE);
    }
}
