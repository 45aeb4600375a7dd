package io.evenkeel.config;

import java.time.Duration;
import java.util.List;

/**
 * The Docker engines that are asked about services, tasks and nodes: Swarm managers, or a proxy in front of their sockets.
 *
 * @param engines where they listen. Agents, default none. Each is host:port or unix:/path. None: unix:/var/run/docker.sock. The first that answers
 *     is asked until it fails.
 * @param tls whether and how the connections to the engines are encrypted.
 * @param network the network whose task addresses are dialled, where a source names none. Name, default none. None: the only network of
 *     a task that is not ingress.
 * @param labels whether services may bring routes and upstreams by their labels. true or false, default false. Who may
 *     label services then decides what the front door serves.
 * @param resync how often everything is read again, besides after each event. Duration, ≥ 1s, default 15s. Less finds tasks sooner that were
 *     restarted without an event; it costs the manager work.
 * @param timeout how long an answer is waited for. Duration, ≥ 100ms, default 5s. More rides out busy managers.
 */
public record SwarmConfig(
        @Knob(format = TextFormat.AGENT, need = Knob.Need.ESSENTIAL) List<String> engines,
        @Knob ClientTlsConfig tls,
        @Knob(byDefault = "", format = TextFormat.NAME, need = Knob.Need.FREQUENT) String network,
        @Knob(byDefault = "false", need = Knob.Need.FREQUENT) boolean labels,
        @Knob(byDefault = "15s", min = "1s") Duration resync,
        @Knob(byDefault = "5s", min = "100ms") Duration timeout) {

    /** No engines: the one on this node. */
    public SwarmConfig {
        engines = engines.isEmpty() ? List.of("unix:/var/run/docker.sock") : List.copyOf(engines);
    }

    /** What a file that says nothing gets. */
    public static SwarmConfig defaults() {
        return Binder.defaults(SwarmConfig.class);
    }
}
