package io.evenkeel.proxy.tcp;

import io.evenkeel.balancer.Upstream;
import io.evenkeel.config.SniRouteConfig;
import io.evenkeel.config.TcpConfig;
import io.evenkeel.config.UpstreamConfig;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Where the connections of one TCP listener go: by the server they name, the first that matches wins, or all the same way. Immutable. */
final class TcpTable {

    /** Of a listener that has no destination. */
    static final TcpTable NOWHERE = new TcpTable();

    private final List<Destination> destinations = new ArrayList<>();
    private final Map<String, Destination> exact = new HashMap<>();

    /** By what follows the asterisk. */
    private final Map<String, Destination> wildcard = new HashMap<>();

    private @Nullable Destination rest;

    private TcpTable() {}

    /** @param upstreams finds each upstream that {@code tcp} names, whose configuration is among {@code configs} */
    static TcpTable of(TcpConfig tcp, Map<String, UpstreamConfig> configs, Function<String, Upstream> upstreams) {
        TcpTable table = new TcpTable();
        for (SniRouteConfig route : tcp.sni()) {
            Destination destination = table.add(route.upstream(), configs, upstreams);
            route.hosts().forEach(host -> table.route(host.toLowerCase(Locale.ROOT), destination));
        }
        tcp.upstream().ifPresent(name -> table.rest = table.add(name, configs, upstreams));
        return table;
    }

    private Destination add(String name, Map<String, UpstreamConfig> configs, Function<String, Upstream> upstreams) {
        UpstreamConfig config = Objects.requireNonNull(configs.get(name), name);
        Destination added = new Destination(destinations.size(), upstreams.apply(name), config);
        destinations.add(added);
        return added;
    }

    private void route(String host, Destination destination) {
        if (host.startsWith("*")) {
            wildcard.putIfAbsent(host.substring(1), destination);
        } else {
            exact.putIfAbsent(host, destination);
        }
    }

    /** Whether it matters which server a connection names. */
    boolean looksAtNames() {
        return !exact.isEmpty() || !wildcard.isEmpty();
    }

    /**
     * Where a connection goes, or null: it goes nowhere.
     *
     * @param server the server it names in lower case, or null: it names none
     */
    @Nullable
    Destination find(@Nullable String server) {
        Destination found = server == null ? null : named(server);
        return found == null ? rest : found;
    }

    private @Nullable Destination named(String server) {
        Destination first = exact.get(server);
        for (int dot = server.indexOf('.', 1); dot >= 0; dot = server.indexOf('.', dot + 1)) {
            Destination candidate = wildcard.get(server.substring(dot));
            if (candidate != null && (first == null || candidate.index() < first.index())) {
                first = candidate;
            }
        }
        return first;
    }

    /** All of them, by index. */
    List<Destination> destinations() {
        return destinations;
    }
}
