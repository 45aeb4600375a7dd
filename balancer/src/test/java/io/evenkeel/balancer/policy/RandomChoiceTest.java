package io.evenkeel.balancer.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.balancer.Endpoints;
import io.evenkeel.balancer.endpoint.EndpointState;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RandomChoiceTest extends LoadBalancerContract {

    @Override
    LoadBalancer balancer(EndpointState... endpoints) {
        return new RandomChoice(endpoints);
    }

    @Test
    void everyEndpointHasTheSameChance() {
        Map<EndpointState, Integer> picks = picks(Endpoints.states(6), null);
        assertThat(picks).hasSize(6);
        assertThat(picks.values()).allSatisfy(count -> assertThat(count).isBetween(9_500, 10_500));
    }

    @Test
    void theShareOfTheAvoidedOneIsSpreadEvenlyToo() {
        EndpointState[] endpoints = Endpoints.states(6);
        Map<EndpointState, Integer> picks = picks(endpoints, endpoints[3]);
        assertThat(picks).hasSize(5);
        assertThat(picks.values()).allSatisfy(count -> assertThat(count).isBetween(11_500, 12_500));
    }

    private Map<EndpointState, Integer> picks(EndpointState[] endpoints, @Nullable EndpointState avoid) {
        LoadBalancer balancer = balancer(endpoints);
        Map<EndpointState, Integer> picks = new HashMap<>();
        for (int i = 0; i < 60_000; i++) {
            picks.merge(
                    Objects.requireNonNull(balancer.pick(
                            state, LoadBalancer.NO_KEY, avoid == null ? Endpoints.UNTRIED : Endpoints.tried(avoid))),
                    1,
                    Integer::sum);
        }
        return picks;
    }
}
