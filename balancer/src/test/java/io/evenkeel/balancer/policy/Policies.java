package io.evenkeel.balancer.policy;

import io.evenkeel.balancer.Configs;
import io.evenkeel.balancer.endpoint.EndpointState;
import io.evenkeel.config.BalancerConfig;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;

/** Policies over endpoints with the weights that were reported, as configuration names them. */
final class Policies {

    private Policies() {}

    static LoadBalancer of(String balancer, EndpointState... endpoints) {
        return of(balancer, () -> 0, endpoints);
    }

    static LoadBalancer of(String balancer, LongSupplier nanoTime, EndpointState... endpoints) {
        BalancerConfig config = config(balancer);
        return new Pickers(config, endpoint -> observing(endpoint, new EndpointLatency(config.decay(), nanoTime)))
                .of(weighted(endpoints));
    }

    static BalancerConfig config(String balancer) {
        return Configs.upstream("balancer: { " + balancer + " }").balancer();
    }

    static WeightedEndpoints weighted(EndpointState... endpoints) {
        int[] weights = Arrays.stream(endpoints)
                .mapToInt(endpoint -> endpoint.weight() * WeightedEndpoints.UNIT)
                .toArray();
        return WeightedEndpoints.of(List.of(endpoints), weights);
    }

    private static EndpointLatency observing(EndpointState endpoint, EndpointLatency latency) {
        endpoint.observers(List.of(latency));
        return latency;
    }
}
