package io.evenkeel.config;

import java.util.List;

/**
 * The names of servers and the upstream that serves them.
 *
 * @param hosts the names, exact or as "*.example.org". Hosts, at least 1, required.
 * @param upstream where connections for them go. Name, required.
 */
public record SniRouteConfig(
        @Knob(format = TextFormat.HOST, atLeast = 1) List<String> hosts,
        @Knob(format = TextFormat.NAME) String upstream) {

    /** Keeps its own copy of the list. */
    public SniRouteConfig {
        hosts = List.copyOf(hosts);
    }
}
