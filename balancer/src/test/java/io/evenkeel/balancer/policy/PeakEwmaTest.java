package io.evenkeel.balancer.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.balancer.Endpoints;
import io.evenkeel.balancer.endpoint.EndpointState;
import io.evenkeel.balancer.endpoint.Fault;
import io.evenkeel.balancer.endpoint.Permit;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PeakEwmaTest extends LoadBalancerContract {

    private static final long MILLI = 1_000_000;

    private long now = 17_000 * MILLI;

    @Override
    LoadBalancer balancer(EndpointState... endpoints) {
        return Policies.of("policy: peak-ewma", () -> now, endpoints);
    }

    @ParameterizedTest
    @ValueSource(ints = {6, 16})
    void theFasterEndpointIsPickedUntilWhatIsInFlightThereOutweighsIt(int size) {
        EndpointState[] endpoints = Endpoints.states(size);
        LoadBalancer balancer = balancer(endpoints);
        for (EndpointState endpoint : endpoints) {
            answer(endpoint, endpoint == endpoints[3] ? 10 : 45);
        }
        for (int i = 0; i < 4; i++) {
            assertThat(Objects.requireNonNull(take(balancer).endpoint())).isSameAs(endpoints[3]);
        }
        assertThat(Objects.requireNonNull(take(balancer).endpoint())).isNotSameAs(endpoints[3]);
    }

    @Test
    void amongManyASlowEndpointIsAvoidedByComparingTwo() {
        EndpointState[] endpoints = Endpoints.states(100);
        LoadBalancer balancer = balancer(endpoints);
        for (EndpointState endpoint : endpoints) {
            answer(endpoint, endpoint == endpoints[3] ? 100 : 5);
        }
        for (int i = 0; i < 10_000; i++) {
            take(balancer).ignored();
        }
        assertThat(endpoints[3].requests()).isLessThan(1 + 10);
    }

    @ParameterizedTest
    @ValueSource(ints = {6, 40})
    void anEndpointOfWhichNothingIsKnownIsSentOneAttemptUntilItAnswers(int size) {
        EndpointState[] endpoints = Endpoints.states(size);
        LoadBalancer balancer = balancer(endpoints);
        for (int i = 1; i < size; i++) {
            answer(endpoints[i], 50);
        }
        Permit first = takeUntil(balancer, endpoints[0]);
        for (int i = 0; i < 1_000; i++) {
            Permit other = take(balancer);
            assertThat(other.endpoint()).isNotSameAs(endpoints[0]);
            other.ignored();
        }
        first.success(20 * MILLI);
        takeUntil(balancer, endpoints[0]);
    }

    @Test
    void anEndpointThatFailsFastAttractsNothing() {
        EndpointState[] endpoints = Endpoints.states(6);
        LoadBalancer balancer = balancer(endpoints);
        for (int i = 0; i < 60_000; i++) {
            Permit permit = take(balancer);
            now += MILLI;
            if (permit.endpoint() == endpoints[0]) {
                permit.dropped(Fault.CONNECT);
            } else {
                permit.success(5 * MILLI);
            }
        }
        assertThat(endpoints[0].requests()).isBetween(2L, 60L);
    }

    @Test
    void aSlowEndpointIsTriedAgainWhenItsPeakHasFaded() {
        EndpointState[] endpoints = Endpoints.states(6);
        LoadBalancer balancer = balancer(endpoints);
        for (EndpointState endpoint : endpoints) {
            answer(endpoint, 5);
        }
        answer(endpoints[0], 500);
        int pickedAfter = 0;
        for (Permit picked = take(balancer); picked.endpoint() != endpoints[0]; picked = take(balancer)) {
            picked.success(5 * MILLI);
            pickedAfter++;
            now += MILLI;
        }
        assertThat(pickedAfter).isBetween(20_000, 80_000);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 8})
    void equallyFastEndpointsAreServedByWeight(int copies) {
        int[] weights = new int[3 * copies];
        Arrays.setAll(weights, i -> 1 + i % 3);
        EndpointState[] endpoints = Endpoints.weighted(weights);
        LoadBalancer balancer = balancer(endpoints);
        for (EndpointState endpoint : endpoints) {
            answer(endpoint, 5);
        }
        for (int i = 0; i < 600; i++) {
            take(balancer);
        }
        double perWeight = 600.0 / (6 * copies);
        assertThat(endpoints).allSatisfy(each -> assertThat((double) each.inFlight())
                .isBetween(perWeight * each.weight() * 0.6, perWeight * each.weight() * 1.4));
    }

    /** As if an attempt had been answered. */
    private static void answer(EndpointState endpoint, long millis) {
        Permit permit = new Permit();
        permit.begin(endpoint);
        permit.success(millis * MILLI);
    }

    private Permit takeUntil(LoadBalancer balancer, EndpointState wanted) {
        for (int i = 0; i < 1_000; i++) {
            Permit permit = take(balancer);
            if (permit.endpoint() == wanted) {
                return permit;
            }
            permit.ignored();
        }
        throw new AssertionError("never picked: " + wanted);
    }

    private Permit take(LoadBalancer balancer) {
        Permit permit = new Permit();
        permit.begin(Objects.requireNonNull(balancer.pick(state, LoadBalancer.NO_KEY, Endpoints.UNTRIED)));
        return permit;
    }
}
