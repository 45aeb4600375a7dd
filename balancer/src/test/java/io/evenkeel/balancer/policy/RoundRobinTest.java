package io.evenkeel.balancer.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.balancer.Endpoints;
import io.evenkeel.balancer.endpoint.EndpointState;
import org.junit.jupiter.api.Test;

class RoundRobinTest extends LoadBalancerContract {

    @Override
    LoadBalancer balancer(EndpointState... endpoints) {
        return new RoundRobin(endpoints);
    }

    @Test
    void endpointsAreServedInTurnWhateverTheyAreDoing() {
        EndpointState[] endpoints = Endpoints.states(6);
        Endpoints.busy(endpoints[2], 100);
        LoadBalancer balancer = balancer(endpoints);
        EndpointState[] firstRound = new EndpointState[6];
        for (int i = 0; i < 6; i++) {
            firstRound[i] = balancer.pick(state, LoadBalancer.NO_KEY, Endpoints.UNTRIED);
        }
        assertThat(firstRound).containsExactlyInAnyOrder(endpoints);
        for (int i = 0; i < 60; i++) {
            assertThat(balancer.pick(state, LoadBalancer.NO_KEY, Endpoints.UNTRIED))
                    .isSameAs(firstRound[i % 6]);
        }
    }
}
