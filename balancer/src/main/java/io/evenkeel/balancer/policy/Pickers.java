package io.evenkeel.balancer.policy;

import io.evenkeel.balancer.endpoint.EndpointState;
import io.evenkeel.config.BalancerConfig;
import io.evenkeel.config.BalancerConfig.Policy;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Makes the policy that a configuration names for sets of endpoints. A set that was there at the last publication with the same weights keeps
 * what was made of it: tables are not built anew for a change elsewhere. Not thread-safe.
 */
public final class Pickers {

    private final BalancerConfig config;
    private final Function<EndpointState, EndpointLatency> latencies;
    private Map<WeightedEndpoints, LoadBalancer> before = Map.of();
    private Map<WeightedEndpoints, LoadBalancer> now = new HashMap<>();

    /** @param latencies of the endpoints, where {@link #needLatencies} says so */
    public Pickers(BalancerConfig config, Function<EndpointState, EndpointLatency> latencies) {
        this.config = config;
        this.latencies = latencies;
    }

    /** Whether a policy of this configuration goes by how slow answers are. */
    public static boolean needLatencies(BalancerConfig config) {
        return config.policy() == Policy.PEAK_EWMA
                || (config.policy().hashes() && config.fallback() == Policy.PEAK_EWMA);
    }

    /** Another publication begins: what the last one did not use is forgotten. */
    public void begin() {
        before = now;
        now = new HashMap<>();
    }

    /** The policy for these; it picks nothing where there are none. */
    public LoadBalancer of(WeightedEndpoints endpoints) {
        LoadBalancer known = now.get(endpoints);
        if (known == null) {
            known = before.get(endpoints);
            known = known == null ? make(config.policy(), endpoints) : known;
            now.put(endpoints, known);
        }
        return known;
    }

    private LoadBalancer make(Policy policy, WeightedEndpoints weighted) {
        if (weighted.size() == 0) {
            return LoadBalancer.NOTHING;
        }
        boolean even = weighted.even();
        return switch (policy) {
            case LEAST_CONNECTIONS ->
                even ? new LeastConnections(weighted.endpoints()) : new WeightedLeastConnections(weighted);
            case ROUND_ROBIN -> even ? new RoundRobin(weighted.endpoints()) : new WeightedRoundRobin(weighted);
            case RANDOM -> even ? new RandomChoice(weighted.endpoints()) : new WeightedRandom(weighted);
            case PEAK_EWMA -> new PeakEwma(weighted, latencies(weighted));
            case RING_HASH, MAGLEV -> byKey(policy, inPlace(weighted), make(config.fallback(), weighted));
        };
    }

    private EndpointLatency[] latencies(WeightedEndpoints weighted) {
        return Arrays.stream(weighted.endpoints()).map(latencies).toArray(EndpointLatency[]::new);
    }

    private LoadBalancer byKey(Policy policy, WeightedEndpoints placed, LoadBalancer keyless) {
        long[] seeds = Arrays.stream(placed.endpoints())
                .mapToLong(endpoint -> Mix.of(endpoint.address()))
                .toArray();
        Placement placement = policy == Policy.RING_HASH
                ? new HashRing(seeds, placed, config.virtualNodes())
                : new MaglevTable(seeds, placed);
        return new ByKey(placed, placement, config.boundPercent(), keyless);
    }

    /** The same in an order that all replicas agree on. */
    private static WeightedEndpoints inPlace(WeightedEndpoints weighted) {
        EndpointState[] endpoints = weighted.endpoints();
        int[] weights = weighted.weights();
        List<Integer> order = IntStream.range(0, endpoints.length)
                .boxed()
                .sorted(Comparator.comparingLong(i -> Mix.of(endpoints[i].address())))
                .toList();
        return WeightedEndpoints.of(
                order.stream().map(i -> endpoints[i]).toList(),
                order.stream().mapToInt(i -> weights[i]).toArray());
    }
}
