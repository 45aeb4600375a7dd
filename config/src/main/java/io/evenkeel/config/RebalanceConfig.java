package io.evenkeel.config;

import java.time.Duration;
import java.util.List;

/**
 * How {@code evenkeel rebalance} moves Swarm tasks back after a node has recovered. It asks {@code discovery.swarm} and {@code discovery.consul}, and brings
 * routers the {@code admin.token}.
 *
 * @param swap how tasks of services without the label {@code evenkeel.rebalance} are moved. surge, handoff or off, default surge. surge: the new task is
 *     healthy before the old one goes. handoff: the old one goes first. off: not at all.
 * @param stableFor how long Swarm and Consul must take every node for alive before anything is moved. Duration, ≥ 0s, default 45s. More waits out nodes that
 *     come and go; a node that failed again within flap-window doubles it each time.
 * @param flapWindow how long a failure of a node is held against it. Duration, ≥ 0s, default 30m.
 * @param maxBackOff the longest that a node that comes and goes is waited for. Duration, ≥ 0s, default 30m.
 * @param interval how often the cluster is looked at without a cause. Duration, ≥ 1s, default 5m.
 * @param coolDown the least time between two runs. Duration, ≥ 0s, default 30s.
 * @param settle how long is waited after a move before the next. Duration, ≥ 0s, default 5s. More lets routers warm a new endpoint up; a run takes longer.
 * @param stepDeadline how long a new task may take to be healthy in Swarm and in the routers. Duration, ≥ 1s, default 3m. After that everything is put back as it was.
 * @param drainDeadline how long what is in flight at a leaving endpoint is waited for. Duration, ≥ 0s, default 30s. More cuts fewer long streams; a run takes longer.
 * @param movesPerHour how many tasks are moved in an hour at most. Count, ≥ 1, default 200.
 * @param windows when tasks may be moved, in UTC. Windows, default none. Each is days and times, such as "Mon-Fri 22:00-06:00" or "* 01:00-05:00". None: always.
 * @param routers where the routers are that must drain an endpoint before its task goes.
 * @param lockKey the key in Consul that the one active rebalancer holds; what is remembered is kept beside it. Text, default evenkeel/rebalancer.
 * @param auditLog where each write to Swarm is recorded, a line of JSON each. File, default none. None: in the log.
 * @param address where its own metrics, {@code /healthz} and {@code /rebalance} are served. Address, default 127.0.0.1:9902. They only tell.
 */
public record RebalanceConfig(
        @Knob(byDefault = "surge", need = Knob.Need.ESSENTIAL) Swap swap,
        @Knob(byDefault = "45s", need = Knob.Need.FREQUENT) Duration stableFor,
        @Knob(byDefault = "30m") Duration flapWindow,
        @Knob(byDefault = "30m") Duration maxBackOff,
        @Knob(byDefault = "5m", min = "1s") Duration interval,
        @Knob(byDefault = "30s") Duration coolDown,
        @Knob(byDefault = "5s") Duration settle,
        @Knob(byDefault = "3m", min = "1s", need = Knob.Need.FREQUENT) Duration stepDeadline,
        @Knob(byDefault = "30s", need = Knob.Need.FREQUENT) Duration drainDeadline,
        @Knob(byDefault = "200", min = "1") int movesPerHour,
        @Knob(format = TextFormat.WINDOW) List<String> windows,
        @Knob RebalanceRoutersConfig routers,
        @Knob(byDefault = "evenkeel/rebalancer") String lockKey,
        @Knob(byDefault = "", format = TextFormat.FILE) String auditLog,
        @Knob(byDefault = "127.0.0.1:9902", need = Knob.Need.FREQUENT) HostPort address) {

    /** How tasks are moved. */
    public enum Swap {
        SURGE,
        HANDOFF,
        OFF
    }

    /** Keeps its own copy of the windows. */
    public RebalanceConfig {
        windows = List.copyOf(windows);
    }

    /** What a file that says nothing gets. */
    public static RebalanceConfig defaults() {
        return Binder.defaults(RebalanceConfig.class);
    }
}
