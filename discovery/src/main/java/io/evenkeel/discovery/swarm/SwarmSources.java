package io.evenkeel.discovery.swarm;

import io.evenkeel.config.EndpointSourceConfig.SwarmSource;
import io.evenkeel.config.SwarmConfig;
import io.evenkeel.discovery.EndpointSource;
import io.evenkeel.discovery.NodeRegistry;
import io.evenkeel.discovery.Scheduler;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * Makes the sources that ask Docker Swarm, and owns the clusters they share: one for each configuration, for as long as somebody watches it.
 *
 * <p><b>Threading.</b> Confined to the {@link Scheduler}, but for {@link #close}.
 */
public final class SwarmSources implements AutoCloseable {

    private final Scheduler scheduler;
    private final RandomGenerator random;
    private final NodeReports nodes;
    private final Function<SwarmConfig, SwarmClient> clients;
    private final Map<SwarmConfig, SwarmCluster> clusters = new HashMap<>();

    /**
     * Asks nobody before somebody watches.
     *
     * @param random spreads the moments of asking; used on the scheduler only
     * @param nodes hears of the clusters' nodes, from the source {@code swarm}
     */
    public SwarmSources(Scheduler scheduler, RandomGenerator random, NodeRegistry nodes) {
        this(scheduler, random, nodes, EngineClient::new);
    }

    SwarmSources(
            Scheduler scheduler,
            RandomGenerator random,
            NodeRegistry nodes,
            Function<SwarmConfig, SwarmClient> clients) {
        this.scheduler = scheduler;
        this.random = random;
        this.nodes = new NodeReports(nodes);
        this.clients = clients;
    }

    /** The tasks of the services that a source means. */
    public EndpointSource source(SwarmConfig shared, SwarmSource config) {
        return new SwarmTaskSource(
                config,
                new TaskEndpoints(config, shared.network()),
                watcher -> watch(shared, watcher),
                watcher -> unwatch(shared, watcher));
    }

    /** Tells a watcher how the cluster looks, until {@link #unwatch}. What is known is told before this returns. */
    public void watch(SwarmConfig shared, SwarmWatcher watcher) {
        clusters.computeIfAbsent(shared, this::cluster).watch(watcher);
    }

    /** The watcher is not called again. */
    public void unwatch(SwarmConfig shared, SwarmWatcher watcher) {
        SwarmCluster cluster = clusters.get(shared);
        if (cluster != null) {
            cluster.unwatch(watcher);
            if (!cluster.watched()) {
                cluster.close();
                clusters.remove(shared);
            }
        }
    }

    /** Lets go of all engines. */
    @Override
    public void close() {
        scheduler.execute(() -> {
            clusters.values().forEach(SwarmCluster::close);
            clusters.clear();
        });
    }

    private SwarmCluster cluster(SwarmConfig shared) {
        Pace pace = new Pace(shared.resync(), random);
        return new SwarmCluster(clients.apply(shared), scheduler, pace, nodes);
    }
}
