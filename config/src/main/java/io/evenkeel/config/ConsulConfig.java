package io.evenkeel.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The Consul agents that are asked, one at a time: the first that answers, until it fails.
 *
 * @param agents where they listen. Agents, default none. Each is host:port or unix:/path. None: 127.0.0.1:8500. More ride out more failures.
 * @param token the ACL token, sent as X-Consul-Token; usually as token-file. Secret, default none.
 * @param datacenter which datacenter is asked about. Name, default none. None: the agent's own.
 * @param tls whether and how the connections to the agents are encrypted.
 * @param maxWait how long an agent may hold a question until something changes. Duration, 1s to 10m, default 60s. More
 *     asks less often; changes are heard at once either way.
 * @param timeout how long a connection or an answer that is due is waited for. Duration, ≥ 100ms, default 5s. More rides out
 *     slow agents; less tries the next agent sooner.
 * @param maxWatches questions that wait at an agent at the same time. Count, 4 to 1024, default 64. An agent allows a client
 *     200 connections; services beyond share one watch and are read again when that changes.
 */
public record ConsulConfig(
        @Knob(format = TextFormat.AGENT, need = Knob.Need.ESSENTIAL) List<String> agents,
        @Knob(need = Knob.Need.FREQUENT) Optional<Secret> token,
        @Knob(byDefault = "", format = TextFormat.NAME) String datacenter,
        @Knob ClientTlsConfig tls,
        @Knob(byDefault = "60s", min = "1s", max = "10m") Duration maxWait,
        @Knob(byDefault = "5s", min = "100ms") Duration timeout,
        @Knob(byDefault = "64", min = "4", max = "1024") int maxWatches) {

    /** No agents: the one on this node. */
    public ConsulConfig {
        agents = agents.isEmpty() ? List.of("127.0.0.1:8500") : List.copyOf(agents);
    }

    /** What a file that says nothing gets. */
    public static ConsulConfig defaults() {
        return Binder.defaults(ConsulConfig.class);
    }
}
