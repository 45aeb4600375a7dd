package io.evenkeel.balancer.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.balancer.Endpoints;
import io.evenkeel.balancer.endpoint.EndpointState;
import io.evenkeel.balancer.endpoint.Permit;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearFirstTest {

    private final PickState state = new PickState(42);
    private final EndpointState[] endpoints = Endpoints.states(6);

    /** The first two are near. */
    private NearFirst nearFirst(String policy, int spillPercent, double fitShare) {
        return new NearFirst(
                Policies.of(policy, Arrays.copyOf(endpoints, 2)),
                Policies.of(policy, Arrays.copyOfRange(endpoints, 2, 6)),
                spillPercent,
                fitShare);
    }

    @Test
    void lowTrafficStaysNear() {
        LoadBalancer balancer = nearFirst("policy: least-connections", 150, 1);
        for (int i = 0; i < 1_000; i++) {
            take(balancer).success(-1);
        }
        assertThat(inTurn()).containsExactly(500, 500, 0, 0, 0, 0);
    }

    /** 6,000 attempts that stay: a near endpoint holds as many times what a far one holds as spill-percent allows. */
    @ParameterizedTest
    @CsvSource({"0, 1, 1.0", "150, 1, 2.5", "900, 1, 10", "150, 0.5, 2.05", "150, 0.1, 1.21"})
    void nearEndpointsAreAsMuchBusierAsAllowedAndTheLessTheFewerOfThemAreFit(int spill, double fit, double ratio) {
        LoadBalancer balancer = nearFirst("policy: least-connections", spill, fit);
        for (int i = 0; i < 6_000; i++) {
            take(balancer);
        }
        double near = (endpoints[0].inFlight() + endpoints[1].inFlight()) / 2.0;
        double far = Arrays.stream(endpoints, 2, 6)
                .mapToInt(EndpointState::inFlight)
                .average()
                .orElseThrow();
        assertThat(near / far).isBetween(ratio * 0.97, ratio * 1.03);
    }

    @Test
    void bothSidesAreServedInTurn() {
        LoadBalancer balancer = nearFirst("policy: round-robin", 0, 1);
        for (int i = 0; i < 600; i++) {
            take(balancer);
        }
        assertThat(Arrays.stream(endpoints).mapToInt(EndpointState::inFlight))
                .allSatisfy(inFlight -> assertThat(inFlight).isBetween(98, 102));
    }

    @Test
    void weightsSayWhatABusyEndpointIs() {
        endpoints[0].report(Endpoints.reported(0, 10, "", Map.of()));
        LoadBalancer balancer = new NearFirst(
                Policies.of("policy: random", endpoints[0]), Policies.of("policy: random", endpoints[1]), 100, 1);
        for (int i = 0; i < 2_100; i++) {
            take(balancer);
        }
        assertThat(endpoints[0].inFlight()).isBetween(1_990, 2_010);
    }

    @Test
    void triedOnesAreLeftForTheOtherSide() {
        LoadBalancer balancer = nearFirst("policy: least-connections", 150, 1);
        assertThat(balancer.pick(state, LoadBalancer.NO_KEY, Endpoints.tried(endpoints[0])))
                .isSameAs(endpoints[1]);
        assertThat(balancer.pick(state, LoadBalancer.NO_KEY, Endpoints.tried(endpoints[0], endpoints[1])))
                .isIn(endpoints[2], endpoints[3], endpoints[4], endpoints[5]);
        assertThat(balancer.pick(state, LoadBalancer.NO_KEY, Endpoints.tried(endpoints)))
                .isNotNull();
    }

    @Test
    void oneSideMayBeEmpty() {
        LoadBalancer some = Policies.of("policy: random", endpoints[3]);
        assertThat(new NearFirst(LoadBalancer.NOTHING, some, 150, 0)
                        .pick(state, LoadBalancer.NO_KEY, Endpoints.UNTRIED))
                .isSameAs(endpoints[3]);
        Endpoints.busy(endpoints[3], 9);
        assertThat(new NearFirst(some, LoadBalancer.NOTHING, 150, 1)
                        .pick(state, LoadBalancer.NO_KEY, Endpoints.UNTRIED))
                .isSameAs(endpoints[3]);
    }

    private int[] inTurn() {
        return Arrays.stream(endpoints)
                .mapToInt(endpoint -> (int) endpoint.requests())
                .toArray();
    }

    private Permit take(LoadBalancer balancer) {
        Permit permit = new Permit();
        permit.begin(Objects.requireNonNull(balancer.pick(state, LoadBalancer.NO_KEY, Endpoints.UNTRIED)));
        return permit;
    }
}
