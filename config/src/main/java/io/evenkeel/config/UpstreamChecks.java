package io.evenkeel.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Rules about upstreams that look at more than one key. */
final class UpstreamChecks {

    private final Bound bound;
    private final Problems problems;

    private UpstreamChecks(Bound bound, Problems problems) {
        this.bound = bound;
        this.problems = problems;
    }

    static void run(Bound bound, Problems problems) {
        UpstreamChecks checks = new UpstreamChecks(bound, problems);
        for (int i = 0; bound.has("upstreams[" + i + "]"); i++) {
            HealthChecks.run("upstreams[" + i + "]", bound, problems);
            UpstreamTlsChecks.run("upstreams[" + i + "]", bound, problems);
            String endpoints = "upstreams[" + i + "].endpoints";
            for (int j = 0; bound.has(endpoints + "[" + j + "]"); j++) {
                checks.addresses(endpoints + "[" + j + "].static");
                checks.dnsPort(endpoints + "[" + j + "].dns");
                checks.dnsServers(endpoints + "[" + j + "].dns.servers");
                checks.consulChoice(endpoints + "[" + j + "].consul");
                checks.swarmChoice(endpoints + "[" + j + "].swarm");
            }
        }
    }

    private void addresses(String list) {
        Map<HostPort, String> seen = new HashMap<>();
        for (int i = 0; bound.has(list + "[" + i + "]"); i++) {
            String path = list + "[" + i + "]";
            HostPort address = bound.get(path, HostPort.class);
            String first = address == null ? null : seen.putIfAbsent(address, path);
            if (first != null) {
                problems.add(bound.at(path), path, address + " is listed twice", "each endpoint once");
            }
        }
    }

    private void dnsPort(String dns) {
        EndpointSourceConfig.RecordType type = bound.get(dns + ".type", EndpointSourceConfig.RecordType.class);
        String port = dns + ".port";
        if (type == EndpointSourceConfig.RecordType.ADDRESS && bound.has(dns) && !bound.has(port)) {
            problems.add(bound.at(dns), port, "missing", "the endpoints' port, 1 to 65535");
        }
        if (type == EndpointSourceConfig.RecordType.SRV && bound.has(port)) {
            problems.add(bound.at(port), port, "given besides type srv", "no port: SRV records bring their own");
        }
    }

    private void consulChoice(String consul) {
        List<String> choosing = List.of("service", "tags", "meta", "filter");
        if (bound.has(consul) && choosing.stream().noneMatch(key -> bound.has(consul + "." + key))) {
            problems.add(bound.at(consul), consul, "chooses nothing", Words.oneOf(choosing));
        }
        String path = consul + ".tags";
        try {
            TagExpression.parse(Objects.requireNonNullElse(bound.get(path, String.class), ""));
        } catch (IllegalArgumentException e) {
            problems.add(bound.at(path), path, String.valueOf(e.getMessage()), TextFormat.TAG_EXPRESSION.expected());
        }
    }

    private void swarmChoice(String swarm) {
        boolean services = bound.has(swarm + ".services[0]");
        if (bound.has(swarm) && services == bound.has(swarm + ".upstream")) {
            String what = services ? "services and upstream together" : "chooses nothing";
            problems.add(bound.at(swarm), swarm, what, "services or upstream");
        }
    }

    /** Nobody is left to ask for the address of somebody to ask. */
    private void dnsServers(String list) {
        for (int i = 0; bound.has(list + "[" + i + "]"); i++) {
            String path = list + "[" + i + "]";
            HostPort server = bound.get(path, HostPort.class);
            if (server != null && !(IpLiteral.isV4(server.host()) || IpLiteral.isV6(server.host()))) {
                problems.add(bound.at(path), path, server.host() + " is a name", "an IP address and a port");
            }
        }
    }
}
