package io.evenkeel.balancer;

import io.evenkeel.balancer.endpoint.EndpointState;
import io.evenkeel.balancer.policy.EndpointLatency;
import io.evenkeel.balancer.policy.Pickers;
import io.evenkeel.config.BalancerConfig;
import io.evenkeel.config.RouteConfig.TagsFallback;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Makes one snapshot of an upstream after another, and remembers what the next one depends on: who is warming up, which subsets are
 * asked for, how slow endpoints are, what was built. Not thread-safe.
 */
final class Snapshots {

    private final RouterPlace place;
    private final LongSupplier nanoTime;
    private final EndpointObservers observers;
    private final SlowStart slowStart = new SlowStart();
    private final TagSubsets subsets = new TagSubsets();
    private BalancerConfig config;
    private SnapshotBuilder builder;
    private Function<EndpointState, EndpointLatency> latencies;

    /** @param observers of all endpoints that snapshots will be made of */
    Snapshots(BalancerConfig config, RouterPlace place, LongSupplier nanoTime, EndpointObservers observers) {
        this.place = place;
        this.nanoTime = nanoTime;
        this.observers = observers;
        this.config = config;
        this.latencies = observeLatencies();
        this.builder = builder();
    }

    /** Goes by another configuration from the next snapshot on; what is known of latencies is known anew when they fade at another pace. */
    void configure(BalancerConfig wanted) {
        boolean sameLatencies =
                wanted.decay().equals(config.decay()) && Pickers.needLatencies(wanted) == Pickers.needLatencies(config);
        config = wanted;
        if (!sameLatencies) {
            observers.remove(latencies);
            latencies = observeLatencies();
        }
        builder = builder();
    }

    TagSubset subset(Map<String, String> tags, TagsFallback fallback) {
        return subsets.of(tags, fallback);
    }

    /** A snapshot of these as they are now. */
    UpstreamSnapshot next(List<EndpointState> endpoints) {
        long now = nanoTime.getAsLong();
        slowStart.look(endpoints, config.slowStart(), now);
        return builder.build(
                endpoints, endpoint -> slowStart.percent(endpoint, config.slowStart(), now), subsets.wishes());
    }

    /** Whether endpoints warm up, so that another snapshot is due in {@link SlowStart#step}. */
    boolean ramping() {
        return slowStart.ramping();
    }

    private SnapshotBuilder builder() {
        Function<EndpointState, EndpointLatency> made = latencies;
        return new SnapshotBuilder(config, place, new Pickers(config, endpoint -> observers.made(made, endpoint)));
    }

    private Function<EndpointState, EndpointLatency> observeLatencies() {
        Duration decay = config.decay();
        Function<EndpointState, EndpointLatency> maker = endpoint -> new EndpointLatency(decay, nanoTime);
        if (Pickers.needLatencies(config)) {
            observers.add(maker);
        }
        return maker;
    }
}
