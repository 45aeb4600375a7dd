package io.evenkeel.balancer.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.balancer.Endpoints;
import io.evenkeel.balancer.endpoint.EndpointState;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class WeightedRandomTest extends LoadBalancerContract {

    @Override
    LoadBalancer balancer(EndpointState... endpoints) {
        return Policies.of("policy: random", Weights.cycling(endpoints));
    }

    @Test
    void chancesAreProportionalToWeights() {
        int[] picks = picks(Endpoints.weighted(1, 2, 3, 10), Endpoints.UNTRIED);
        assertThat(picks[0]).isBetween(9_500, 10_500);
        assertThat(picks[1]).isBetween(19_500, 20_500);
        assertThat(picks[2]).isBetween(29_500, 30_500);
        assertThat(picks[3]).isBetween(99_300, 100_700);
    }

    @Test
    void theShareOfOneThatWasTriedIsSpreadByWeightToo() {
        EndpointState[] endpoints = Endpoints.weighted(1, 2, 3, 10);
        int[] picks = picks(endpoints, Endpoints.tried(endpoints[2]));
        assertThat(picks[2]).isZero();
        assertThat(picks[1]).isBetween((int) (picks[0] * 1.9), (int) (picks[0] * 2.1));
        assertThat(picks[3]).isBetween((int) (picks[0] * 9.5), (int) (picks[0] * 10.5));
    }

    /** 160,000 of them. */
    private int[] picks(EndpointState[] endpoints, Tried tried) {
        LoadBalancer balancer = Policies.of("policy: random", endpoints);
        assertThat(balancer).isInstanceOf(WeightedRandom.class);
        int[] picks = new int[endpoints.length];
        for (int i = 0; i < 160_000; i++) {
            EndpointState picked = Objects.requireNonNull(balancer.pick(state, LoadBalancer.NO_KEY, tried));
            picks[Arrays.asList(endpoints).indexOf(picked)]++;
        }
        return picks;
    }
}
