package io.evenkeel.config;

import java.util.List;

/**
 * A named group of interchangeable endpoints.
 *
 * @param name what routes, logs and metrics call it. Name, required.
 * @param balancer how an endpoint is picked.
 * @param endpoints where its endpoints come from; at least one source, all of them merged.
 * @param merge how what several sources say becomes one set.
 * @param pool connections to its endpoints.
 * @param timeouts how long its endpoints are waited for.
 * @param maxAttempts tries of one exchange. Count, 1 to 10, default 3. Only what is safe to repeat is tried again. More
 *     hides more failures and adds load when endpoints are weak; 1 never retries.
 */
public record UpstreamConfig(
        @Knob(format = TextFormat.NAME, need = Knob.Need.ESSENTIAL) String name,
        @Knob BalancerConfig balancer,
        @Knob(atLeast = 1, need = Knob.Need.ESSENTIAL) List<EndpointSourceConfig> endpoints,
        @Knob MergeConfig merge,
        @Knob PoolConfig pool,
        @Knob UpstreamTimeouts timeouts,
        @Knob(byDefault = "3", min = "1", max = "10") int maxAttempts) {

    /** Keeps its own copy of the list. */
    public UpstreamConfig {
        endpoints = List.copyOf(endpoints);
    }
}
