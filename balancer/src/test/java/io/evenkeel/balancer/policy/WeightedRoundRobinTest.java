package io.evenkeel.balancer.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.balancer.Endpoints;
import io.evenkeel.balancer.endpoint.EndpointState;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class WeightedRoundRobinTest extends LoadBalancerContract {

    @Override
    LoadBalancer balancer(EndpointState... endpoints) {
        return Policies.of("policy: round-robin", Weights.cycling(endpoints));
    }

    @Test
    void inEveryRoundEachEndpointIsServedAsOftenAsItsWeightSays() {
        List<EndpointState> endpoints = List.of(Endpoints.weighted(5, 1, 1, 13, 100));
        List<EndpointState> round = picks(endpoints, 120);
        assertThat(endpoints).allSatisfy(each -> assertThat(Collections.frequency(round, each))
                .isEqualTo(each.weight()));
        assertThat(picks(endpoints, 240).subList(120, 240)).isEqualTo(picks(endpoints, 120));
    }

    @Test
    void theTurnsOfAnEndpointAreSpreadOverTheRound() {
        List<EndpointState> endpoints = List.of(Endpoints.weighted(50, 10, 25, 15));
        List<EndpointState> round = picks(endpoints, 100);
        for (EndpointState endpoint : endpoints) {
            for (int window = 0; window <= 80; window++) {
                double fair = endpoint.weight() * 20 / 100.0;
                assertThat((double) Collections.frequency(round.subList(window, window + 20), endpoint))
                        .isBetween(fair - 2, fair + 2);
            }
        }
    }

    private static List<EndpointState> picks(List<EndpointState> endpoints, int count) {
        LoadBalancer balancer = Policies.of("policy: round-robin", endpoints.toArray(EndpointState[]::new));
        assertThat(balancer).isInstanceOf(WeightedRoundRobin.class);
        PickState state = new PickState(7);
        List<EndpointState> picks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            picks.add(Objects.requireNonNull(balancer.pick(state, LoadBalancer.NO_KEY, Endpoints.UNTRIED)));
        }
        return picks;
    }
}
