package io.evenkeel.balancer.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.balancer.Endpoints;
import io.evenkeel.balancer.endpoint.EndpointState;
import io.evenkeel.balancer.endpoint.Permit;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WeightedLeastConnectionsTest extends LoadBalancerContract {

    private static final int REQUESTS = 24_000;

    @Override
    LoadBalancer balancer(EndpointState... endpoints) {
        return Policies.of("policy: least-connections", Weights.cycling(endpoints));
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 2", "2, 6", "2, 12", "2, 60", "4, 16", "4, 256"})
    void requestsSpreadByWeightWithinFivePercentHoweverManyThereAreAtATime(int loops, int concurrency) {
        EndpointState[] endpoints = Endpoints.weighted(1, 2, 3, 6, 12);
        new Simulation(weighted(endpoints), loops, concurrency).run(REQUESTS);
        assertSharesByWeight(endpoints, 0.05);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 8, 64, 400})
    void aLargeUpstreamIsSpreadByWeightWithinAQuarter(int concurrency) {
        EndpointState[] endpoints =
                Endpoints.weighted(IntStream.range(0, 40).map(i -> 1 + i % 3).toArray());
        new Simulation(weighted(endpoints), 2, concurrency).run(REQUESTS);
        assertSharesByWeight(endpoints, 0.25);
    }

    @Test
    void attemptsThatStayAreHeldByWeight() {
        EndpointState[] endpoints = Endpoints.weighted(1, 2, 3, 6, 12);
        LoadBalancer balancer = weighted(endpoints);
        for (int i = 0; i < 240; i++) {
            take(balancer);
        }
        assertThat(endpoints).allSatisfy(each -> assertThat(each.inFlight()).isEqualTo(each.weight() * 10));
    }

    @Test
    void aHeavyEndpointThatAnswersNothingIsPassedByOnceItHoldsItsShare() {
        EndpointState[] endpoints = Endpoints.weighted(100, 100, 1);
        LoadBalancer balancer = weighted(endpoints);
        Endpoints.busy(endpoints[0], 150);
        long before = endpoints[0].requests();
        for (int i = 0; i < 5_000; i++) {
            take(balancer).success(-1);
        }
        assertThat(endpoints[0].requests()).isEqualTo(before);
    }

    @Test
    void requestsOfFormerWeightsAreNotMadeUpFor() {
        EndpointState[] endpoints = Endpoints.weighted(1, 1);
        LoadBalancer before = Policies.of("policy: least-connections", endpoints);
        for (int i = 0; i < 10_000; i++) {
            take(before).success(-1);
        }
        endpoints[0].report(Endpoints.reported(0, 3, "", Map.of()));
        LoadBalancer after = weighted(endpoints);
        for (int i = 0; i < 400; i++) {
            take(after).success(-1);
        }
        assertThat(endpoints[0].requests()).isBetween(5_298L, 5_302L);
    }

    @Test
    void inALargeUpstreamAFullEndpointGetsNothing() {
        EndpointState[] endpoints =
                Endpoints.weighted(IntStream.range(0, 100).map(i -> 1 + i % 3).toArray());
        LoadBalancer balancer = weighted(endpoints);
        Endpoints.busy(endpoints[7], 1_000);
        for (int i = 0; i < REQUESTS; i++) {
            Permit permit = take(balancer);
            permit.success(-1);
        }
        double fair = REQUESTS * 2 / 200.0;
        assertThat(endpoints[7].requests() - 1_000).isLessThan((long) (fair / 10));
    }

    private static LoadBalancer weighted(EndpointState... endpoints) {
        LoadBalancer balancer = Policies.of("policy: least-connections", endpoints);
        assertThat(balancer).isInstanceOf(WeightedLeastConnections.class);
        return balancer;
    }

    private static void assertSharesByWeight(EndpointState[] endpoints, double within) {
        double perWeight = (double) REQUESTS
                / Arrays.stream(endpoints).mapToInt(EndpointState::weight).sum();
        assertThat(endpoints).allSatisfy(each -> assertThat((double) each.requests())
                .isBetween(perWeight * each.weight() * (1 - within), perWeight * each.weight() * (1 + within)));
    }

    private Permit take(LoadBalancer balancer) {
        Permit permit = new Permit();
        permit.begin(Objects.requireNonNull(balancer.pick(state, LoadBalancer.NO_KEY, Endpoints.UNTRIED)));
        return permit;
    }
}
