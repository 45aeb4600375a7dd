package io.evenkeel.config;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Rules about TCP listeners, and about the PROXY protocol on any listener, that look at more than one key. */
final class TcpChecks {

    private final Bound bound;
    private final Problems problems;
    private final Set<String> upstreams = new LinkedHashSet<>();
    private final Set<String> encrypted = new LinkedHashSet<>();

    private TcpChecks(Bound bound, Problems problems) {
        this.bound = bound;
        this.problems = problems;
    }

    static void run(Bound bound, Problems problems) {
        TcpChecks checks = new TcpChecks(bound, problems);
        for (int i = 0; bound.has("upstreams[" + i + "]"); i++) {
            checks.learn("upstreams[" + i + "]");
        }
        for (int i = 0; bound.has("listeners[" + i + "]"); i++) {
            checks.protocol("listeners[" + i + "]");
            checks.tcp("listeners[" + i + "].tcp");
            checks.proxyProtocol("listeners[" + i + "].proxy-protocol");
        }
    }

    private void learn(String upstream) {
        String name = bound.get(upstream + ".name", String.class);
        if (name != null) {
            upstreams.add(name);
        }
        if (name != null && Boolean.TRUE.equals(bound.get(upstream + ".tls.enabled", Boolean.class))) {
            encrypted.add(name);
        }
    }

    private void protocol(String listener) {
        String tcp = listener + ".tcp";
        boolean isTcp = bound.get(listener + ".protocol", ListenerConfig.Protocol.class) == ListenerConfig.Protocol.TCP;
        if (isTcp && !bound.has(tcp)) {
            problems.add(
                    bound.at(listener + ".protocol"), tcp, "missing", "where connections go, besides protocol tcp");
        }
        if (!isTcp && bound.has(tcp)) {
            problems.add(bound.at(tcp), tcp, "given besides protocol http", "protocol tcp, or no tcp");
        }
        String redirect = listener + ".redirect-to-https";
        if (isTcp && bound.has(redirect)) {
            problems.add(bound.at(redirect), redirect, "given besides protocol tcp", "protocol http");
        }
    }

    private void tcp(String tcp) {
        if (!bound.has(tcp)) {
            return;
        }
        if (!bound.has(tcp + ".upstream") && !bound.has(tcp + ".sni[0]")) {
            problems.add(bound.at(tcp), tcp, "leads nowhere", "upstream, or sni, or both");
        }
        upstream(tcp + ".upstream");
        Map<String, String> hosts = new HashMap<>();
        for (int i = 0; bound.has(tcp + ".sni[" + i + "]"); i++) {
            upstream(tcp + ".sni[" + i + "].upstream");
            hosts(tcp + ".sni[" + i + "].hosts", hosts);
        }
    }

    private void hosts(String list, Map<String, String> seen) {
        for (int i = 0; bound.has(list + "[" + i + "]"); i++) {
            String path = list + "[" + i + "]";
            String host = bound.get(path, String.class);
            String first = host == null ? null : seen.putIfAbsent(host.toLowerCase(Locale.ROOT), path);
            if (first != null) {
                problems.add(bound.at(path), path, host + " is listed as " + first + " too", "each host once");
            }
        }
    }

    private void upstream(String path) {
        String name = name(path);
        if (name != null && !upstreams.contains(name)) {
            String expected = upstreams.isEmpty() ? "an upstream" : Words.suggest(name, upstreams);
            problems.add(bound.at(path), path, name + " is not the name of an upstream", expected);
        }
        if (name != null && encrypted.contains(name)) {
            String what = name + " has tls, which relayed connections are not given";
            problems.add(bound.at(path), path, what, "an upstream without tls");
        }
    }

    private @Nullable String name(String path) {
        Optional<?> optional = bound.get(path, Optional.class);
        return optional != null && optional.orElse(null) instanceof String given
                ? given
                : bound.get(path, String.class);
    }

    private void proxyProtocol(String path) {
        AcceptProxyConfig.Mode mode = bound.get(path + ".mode", AcceptProxyConfig.Mode.class);
        boolean on = mode != null && mode != AcceptProxyConfig.Mode.OFF;
        String from = path + ".from";
        if (on && !bound.has(from + "[0]")) {
            problems.add(bound.at(path), from, "nobody is believed", "the address blocks of the proxies in front");
        }
        if (!on && bound.has(from + "[0]")) {
            problems.add(bound.at(from), from, "given besides mode off", "mode optional or required");
        }
    }
}
