package io.evenkeel.balancer.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.balancer.Endpoints;
import io.evenkeel.balancer.endpoint.EndpointState;
import io.evenkeel.balancer.endpoint.Permit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LeastConnectionsTest extends LoadBalancerContract {

    private static final int REQUESTS = 20_000;

    @Override
    LoadBalancer balancer(EndpointState... endpoints) {
        return new LeastConnections(endpoints);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 6, 16, 17, 500})
    void idleEndpointsAreServedInTurn(int size) {
        EndpointState[] endpoints = Endpoints.states(size);
        LoadBalancer balancer = balancer(endpoints);
        for (int i = 0; i < size * 10; i++) {
            takeOne(balancer).success(-1);
        }
        assertThat(endpoints)
                .allSatisfy(endpoint -> assertThat(endpoint.requests()).isEqualTo(10));
    }

    @Test
    void anEndpointThatMissedALotIsNotGivenAllOfItAtOnce() {
        EndpointState[] endpoints = Endpoints.states(6);
        LoadBalancer balancer = balancer(endpoints);
        Permit longExchange = takeOne(balancer);
        EndpointState busy = Objects.requireNonNull(longExchange.endpoint());
        for (int i = 0; i < 5 * 1_000; i++) {
            takeOne(balancer).success(-1);
        }
        assertThat(busy.requests()).isEqualTo(1);
        longExchange.success(-1);
        for (int i = 0; i < 6 * 1_000; i++) {
            takeOne(balancer).success(-1);
        }
        assertThat(busy.requests()).isBetween(1_000L - 128, 1_000L + 128);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 6, 16})
    void inASmallUpstreamNobodyHasFewerInFlightThanTheOnePicked(int size) {
        SplittableRandom random = new SplittableRandom(size);
        EndpointState[] endpoints = Endpoints.states(size);
        LoadBalancer balancer = balancer(endpoints);
        List<Permit> held = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            int least = Arrays.stream(endpoints)
                    .mapToInt(EndpointState::inFlight)
                    .min()
                    .orElseThrow();
            Permit permit = takeOne(balancer);
            assertThat(Objects.requireNonNull(permit.endpoint()).inFlight()).isEqualTo(least + 1);
            held.add(permit);
            while (held.size() > random.nextInt(1, 200)) {
                held.remove(random.nextInt(held.size())).success(-1);
            }
        }
    }

    @Test
    void nobodyInheritsTheShareOfABusyNeighbour() {
        EndpointState[] endpoints = Endpoints.states(6);
        Endpoints.busy(endpoints[2], 3);
        LoadBalancer balancer = balancer(endpoints);
        for (int i = 0; i < 500; i++) {
            takeOne(balancer).success(-1);
        }
        assertThat(endpoints[2].requests()).isEqualTo(3);
        for (int other : new int[] {0, 1, 3, 4, 5}) {
            assertThat(endpoints[other].requests()).isEqualTo(100);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 8", "2, 3", "2, 6", "2, 12", "2, 60", "2, 64", "4, 16", "4, 256"})
    void twentyThousandRequestsOverSixEndpointsSpreadWithinTwoPercent(int loops, int concurrency) {
        EndpointState[] endpoints = Endpoints.states(6);
        new Simulation(balancer(endpoints), loops, concurrency).run(REQUESTS);
        double fair = REQUESTS / 6.0;
        assertThat(endpoints).allSatisfy(endpoint -> assertThat(endpoint.requests())
                .isBetween((long) (fair * 0.98), (long) Math.ceil(fair * 1.02)));
    }

    @Test
    void aMixOfConcurrenciesSpreadsWithinTwoPercent() {
        EndpointState[] endpoints = Endpoints.states(6);
        int[] phases = {1, 100, 7, 40, 2, 256, 13, 1, 64, 5};
        for (int concurrency : phases) {
            new Simulation(balancer(endpoints), 2, concurrency).run(REQUESTS / phases.length);
        }
        double fair = REQUESTS / 6.0;
        assertThat(endpoints)
                .allSatisfy(endpoint -> assertThat((double) endpoint.requests()).isBetween(fair * 0.98, fair * 1.02));
    }

    @Test
    void inALargeUpstreamTheFullestIsNotMuchFullerThanTheRest() {
        EndpointState[] endpoints = Endpoints.states(1_000);
        LoadBalancer balancer = balancer(endpoints);
        for (int i = 0; i < 10_000; i++) {
            takeOne(balancer);
        }
        assertThat(endpoints)
                .allSatisfy(endpoint -> assertThat(endpoint.inFlight()).isBetween(1, 20));
        assertThat(Arrays.stream(endpoints)
                        .mapToInt(EndpointState::inFlight)
                        .max()
                        .orElseThrow())
                .isLessThanOrEqualTo(14);
    }

    @Test
    void inALargeUpstreamASlowEndpointGetsFewerRequests() {
        EndpointState[] endpoints = Endpoints.states(100);
        Endpoints.busy(endpoints[7], 1_000);
        LoadBalancer balancer = balancer(endpoints);
        Map<EndpointState, Integer> picks = new HashMap<>();
        for (int i = 0; i < REQUESTS; i++) {
            Permit permit = takeOne(balancer);
            picks.merge(Objects.requireNonNull(permit.endpoint()), 1, Integer::sum);
            permit.success(-1);
        }
        assertThat(picks).doesNotContainKey(endpoints[7]);
    }

    @Test
    void attemptsThatWaitForAConnectionCount() {
        EndpointState[] endpoints = Endpoints.states(2);
        LoadBalancer balancer = balancer(endpoints);
        Permit waiting = takeOne(balancer);
        for (int i = 0; i < 10; i++) {
            Permit other = takeOne(balancer);
            assertThat(other.endpoint()).isNotSameAs(waiting.endpoint());
            other.success(-1);
        }
    }

    private Permit takeOne(LoadBalancer balancer) {
        Permit permit = new Permit();
        permit.begin(Objects.requireNonNull(balancer.pick(state, LoadBalancer.NO_KEY, Endpoints.UNTRIED)));
        return permit;
    }
}
