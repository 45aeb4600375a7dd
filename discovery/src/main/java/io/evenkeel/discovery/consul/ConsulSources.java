package io.evenkeel.discovery.consul;

import io.evenkeel.config.ConsulConfig;
import io.evenkeel.config.EndpointSourceConfig.ConsulSource;
import io.evenkeel.discovery.EndpointSource;
import io.evenkeel.discovery.NodeRegistry;
import io.evenkeel.discovery.Scheduler;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.random.RandomGenerator;

/**
 * Makes the sources that ask Consul. All sources of one {@link ConsulConfig} share its connections and watches, which begin with the first
 * of them and end with the last; after a reload several may live side by side.
 *
 * <p><b>Threading.</b> Confined to the {@link Scheduler}, but for {@link #close}.
 */
public final class ConsulSources implements AutoCloseable {

    private final Scheduler scheduler;
    private final RandomGenerator random;
    private final NodeRegistry nodes;
    private final Map<ConsulConfig, Shared> open = new HashMap<>();

    /** What the sources of one configuration share, and how many they are. */
    private static final class Shared {
        final ConsulAgents agents;
        final Following following;
        int users;

        Shared(ConsulAgents agents, Following following) {
            this.agents = agents;
            this.following = following;
        }
    }

    /**
     * Starts nothing before the first source is started.
     *
     * @param random spreads the moments of asking; used on the scheduler only
     * @param nodes hears which nodes are there, as source {@code consul}
     */
    public ConsulSources(Scheduler scheduler, RandomGenerator random, NodeRegistry nodes) {
        this.scheduler = scheduler;
        this.random = random;
        this.nodes = nodes;
    }

    /** The instances that a source means, at the agents of this configuration. */
    public EndpointSource source(ConsulConfig shared, ConsulSource config) {
        return new ConsulEndpoints(this, shared, config);
    }

    /** Stops everything that still runs, as the scheduler's next task; returns without waiting. */
    @Override
    public void close() {
        try {
            scheduler.execute(this::endAll);
        } catch (RejectedExecutionException e) { // nothing runs on the scheduler any more
            endAll();
        }
    }

    /**
     * What follows services at these agents, for one source more; {@link #release} ends that.
     *
     * @throws IllegalArgumentException if an address, a certificate or a key is none
     */
    Following acquire(ConsulConfig config) {
        Shared shared = open.get(config);
        if (shared == null) {
            shared = begin(config);
            open.put(config, shared);
        }
        shared.users++;
        return shared.following;
    }

    void release(ConsulConfig config) {
        Shared shared = open.get(config);
        if (shared != null && --shared.users == 0) {
            open.remove(config);
            end(shared);
        }
    }

    private Shared begin(ConsulConfig config) {
        ConsulAgents agents = new ConsulAgents(config);
        Surroundings around = new Surroundings(agents, scheduler, random, config.maxWait());
        Watches watches = new Watches(around);
        NodeWatch.start(watches, config.datacenter(), nodes);
        return new Shared(agents, new Following(around, watches, config.maxWatches()));
    }

    private void endAll() {
        open.values().forEach(ConsulSources::end);
        open.clear();
    }

    private static void end(Shared shared) {
        shared.following.close();
        shared.agents.close();
    }
}
