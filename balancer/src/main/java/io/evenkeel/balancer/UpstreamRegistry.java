package io.evenkeel.balancer;

import io.evenkeel.config.DiscoveryConfig;
import io.evenkeel.config.UpstreamConfig;
import io.evenkeel.discovery.Discovery;
import io.evenkeel.discovery.EndpointMerger;
import io.evenkeel.discovery.MergedEndpoint;
import io.evenkeel.discovery.RejectedEndpoint;
import io.evenkeel.discovery.Scheduler;
import io.evenkeel.discovery.SourceStatus;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * All upstreams by name, each fed by its sources. A name keeps its {@link Upstream} over reloads.
 *
 * <p><b>Threading.</b> Reads come from any thread. Changes happen on the {@link Scheduler}; {@link #apply} and {@link #close} wait for
 * it and so belong to no event loop.
 */
public final class UpstreamRegistry implements AutoCloseable {

    private final Discovery discovery;
    private final RouterPlace place;

    /** Publishes the upstreams; the control plane writes, everybody reads. Never modified once published. */
    private volatile Map<String, Fed> upstreams = Map.of();

    /** An upstream and what feeds it. */
    private static final class Fed {

        private final Upstream upstream;
        private final EndpointMerger merger;

        Fed(UpstreamConfig config, Discovery discovery, RouterPlace place) {
            this.upstream = new Upstream(config, discovery.scheduler(), discovery.listener(), place);
            this.merger = new EndpointMerger(config.name(), discovery, this::update);
        }

        private void update(List<MergedEndpoint> endpoints) {
            upstream.update(endpoints, merger.rejected());
        }
    }

    private UpstreamRegistry(Discovery discovery, RouterPlace place) {
        this.discovery = discovery;
        this.place = place;
    }

    /** Starts discovery for these upstreams, for a router that does not know where it is. */
    public static UpstreamRegistry start(List<UpstreamConfig> configs, DiscoveryConfig shared, Discovery discovery) {
        return start(configs, shared, discovery, RouterPlace.UNKNOWN);
    }

    /**
     * Starts discovery for these upstreams. Endpoints that need no asking are there when this returns.
     *
     * @param shared what their sources share
     * @param discovery what it runs on; stays the caller's
     * @param place where the router is
     */
    public static UpstreamRegistry start(
            List<UpstreamConfig> configs, DiscoveryConfig shared, Discovery discovery, RouterPlace place) {
        UpstreamRegistry registry = new UpstreamRegistry(discovery, place);
        registry.apply(configs, shared);
        return registry;
    }

    /**
     * Makes these the upstreams. One that was here keeps its object, its endpoints and the sources that did not change; one that is new
     * has its endpoints that need no asking when this returns; one that is gone keeps its last snapshot for those who still hold it.
     */
    public void apply(List<UpstreamConfig> configs, DiscoveryConfig shared) {
        run(() -> {
            discovery.factory().configure(shared);
            Map<String, Fed> before = upstreams;
            Map<String, Fed> now = new LinkedHashMap<>();
            for (UpstreamConfig config : configs) {
                Fed fed = before.get(config.name());
                now.put(config.name(), feed(fed != null ? fed : new Fed(config, discovery, place), config));
            }
            upstreams = now;
            before.forEach((name, fed) -> {
                if (!now.containsKey(name)) {
                    retire(fed);
                }
            });
        });
    }

    /** The upstream of this name, or null if none is configured. */
    public @Nullable Upstream upstream(String name) {
        Fed fed = upstreams.get(name);
        return fed == null ? null : fed.upstream;
    }

    /** All upstreams, in the order of the configuration. */
    public Collection<Upstream> upstreams() {
        return upstreams.values().stream().map(fed -> fed.upstream).toList();
    }

    /** How each upstream's sources fare, in the order of the configuration. */
    public Map<String, List<SourceStatus>> sources() {
        Map<String, List<SourceStatus>> statuses = new LinkedHashMap<>();
        upstreams.forEach((name, fed) -> statuses.put(name, fed.merger.statuses()));
        return statuses;
    }

    /** The endpoints of each upstream that its sources name but that get no traffic, and why. */
    public Map<String, List<RejectedEndpoint>> rejected() {
        Map<String, List<RejectedEndpoint>> rejected = new LinkedHashMap<>();
        upstreams.forEach((name, fed) -> rejected.put(name, fed.merger.rejected()));
        return rejected;
    }

    /** One line for each upstream that has not had its first discovery answer: which it is, and why. Empty: all have. */
    public List<String> undiscovered() {
        return upstreams.values().stream()
                .filter(fed -> !fed.upstream.discovered())
                .map(UpstreamRegistry::whyUndiscovered)
                .toList();
    }

    /** Stops all sources. Snapshots stay as they are. */
    @Override
    public void close() {
        run(() -> upstreams.values().forEach(fed -> fed.merger.close()));
    }

    private static Fed feed(Fed fed, UpstreamConfig config) {
        fed.upstream.configure(config);
        fed.merger.apply(config.endpoints(), config.merge());
        return fed;
    }

    private static void retire(Fed fed) {
        fed.merger.close();
        fed.upstream.retire();
    }

    private static String whyUndiscovered(Fed fed) {
        String waiting = fed.merger.statuses().stream()
                .map(status -> status.name() + ": " + status.failure().orElse("has not answered yet"))
                .reduce((one, other) -> one + "; " + other)
                .orElse("no sources");
        return "upstream " + fed.upstream.name() + ": " + waiting;
    }

    private void run(Runnable change) {
        CompletableFuture.runAsync(change, discovery.scheduler()::execute).join();
    }
}
