package io.evenkeel.balancer.limit;

import static io.evenkeel.balancer.limit.SimulatedEndpoint.MILLI;
import static io.evenkeel.balancer.limit.SimulatedEndpoint.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.balancer.Configs;
import io.evenkeel.balancer.endpoint.EndpointState;
import io.evenkeel.balancer.endpoint.Fault;
import io.evenkeel.balancer.endpoint.Permit;
import io.evenkeel.balancer.limit.SimulatedEndpoint.Outcome;
import io.evenkeel.config.AdaptiveConfig;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdaptiveLimitTest {

    private static AdaptiveConfig config(String yaml) {
        return Configs.upstream("circuit-breaker: { adaptive: " + yaml + " }")
                .circuitBreaker()
                .adaptive()
                .orElseThrow();
    }

    private static SimulatedEndpoint endpoint(int workers, long serviceNanos) {
        SimulatedEndpoint endpoint = new SimulatedEndpoint(workers, serviceNanos);
        endpoint.state.observers(List.of(new AdaptiveLimit(config("{}"), Integer.MAX_VALUE, endpoint.state)));
        return endpoint;
    }

    @ParameterizedTest
    @CsvSource({"8, 10", "16, 10", "10, 200", "100, 10", "400, 2"})
    void twiceTheLoadThatItBearsStillGetsNearlyAllOfItsCapacity(int workers, int serviceMillis) {
        long service = serviceMillis * MILLI;
        SimulatedEndpoint endpoint = endpoint(workers, service);
        endpoint.offer(0.5, 500 * service);
        endpoint.offer(2, 500 * service);
        Outcome overload = endpoint.offer(2, 1500 * service);
        assertThat(overload.answered() / (1500.0 * workers)).as("goodput").isGreaterThan(0.9);
        assertThat(overload.percentile(99)).isLessThan(5 * service);
        assertThat(endpoint.offer(0.7, 500 * service).refusedShare())
                .as("at once")
                .isLessThan(0.01);
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 10, 50})
    void anOverloadFromTheFirstRequestOnIsUnderstoodInTheEnd(int workers) {
        SimulatedEndpoint endpoint = endpoint(workers, 10 * MILLI);
        endpoint.offer(2, 40 * SECOND);
        Outcome overload = endpoint.offer(2, 10 * SECOND);
        assertThat(overload.answered() / (1000.0 * workers)).as("goodput").isGreaterThan(0.9);
        assertThat(overload.percentile(99)).isLessThan(50 * MILLI);
    }

    @Test
    void anEndpointThatHasBecomeSlowerIsNotHeldDown() {
        SimulatedEndpoint endpoint = endpoint(20, 10 * MILLI);
        endpoint.offer(0.7, 10 * SECOND);
        endpoint.serviceNanos(60 * MILLI);
        endpoint.offer(0.7, 60 * SECOND);
        assertThat(endpoint.offer(0.7, 30 * SECOND).refusedShare()).isLessThan(0.02);
    }

    @Test
    void littleLoadIsNeverRefused() {
        SimulatedEndpoint endpoint = endpoint(50, 10 * MILLI);
        assertThat(endpoint.offer(0.1, 60 * SECOND).refused()).isZero();
        assertThat(endpoint.state.limit()).isGreaterThanOrEqualTo(10);
    }

    private static void drop(EndpointState state, Fault fault, int times) {
        for (int i = 0; i < times; i++) {
            Permit permit = new Permit();
            permit.begin(state);
            permit.dropped(fault);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"GATEWAY", "BACK_PRESSURE"})
    void faultsShrinkItDownToTheLeastAndNoFurther(Fault fault) {
        SimulatedEndpoint endpoint = endpoint(1, MILLI);
        assertThat(endpoint.state.limit()).isEqualTo(20);
        drop(endpoint.state, fault, 32);
        assertThat(endpoint.state.limit()).isEqualTo(10);
        drop(endpoint.state, fault, 10_000);
        assertThat(endpoint.state.limit()).isEqualTo(4);
    }

    @Test
    void anEndpointThatTakesNoConnectionSaysNothingOfItsLimit() {
        SimulatedEndpoint endpoint = endpoint(1, MILLI);
        drop(endpoint.state, Fault.CONNECT, 10_000);
        assertThat(endpoint.state.limit()).isEqualTo(20);
    }

    @Test
    void endsThatSayNothingAreNoSamples() {
        SimulatedEndpoint endpoint = endpoint(1, MILLI);
        AdaptiveLimit limit = new AdaptiveLimit(config("{}"), Integer.MAX_VALUE, endpoint.state);
        for (int i = 0; i < 1000; i++) {
            limit.onSuccess(endpoint.state, -1);
        }
        assertThat(limit.noLoadNanos()).isZero();
    }

    @Test
    void itComesBackAtOnceFromFaults() {
        SimulatedEndpoint endpoint = endpoint(20, 10 * MILLI);
        endpoint.offer(0.9, 20 * SECOND);
        drop(endpoint.state, Fault.GATEWAY, 10_000);
        assertThat(endpoint.state.limit()).isEqualTo(4);
        endpoint.offer(0.9, SECOND);
        assertThat(endpoint.offer(0.9, 5 * SECOND).refusedShare()).isLessThan(0.01);
    }

    @Test
    void whatIsConfiguredForTheEndpointBoundsIt() {
        SimulatedEndpoint endpoint = new SimulatedEndpoint(100, 10 * MILLI);
        endpoint.state.observers(List.of(new AdaptiveLimit(config("{}"), 12, endpoint.state)));
        endpoint.offer(1, 20 * SECOND);
        assertThat(endpoint.state.limit()).isBetween(4, 12);
    }
}
