package io.evenkeel.balancer;

import static io.evenkeel.balancer.Endpoints.address;
import static io.evenkeel.balancer.Endpoints.merged;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.balancer.endpoint.EndpointState;
import io.evenkeel.balancer.endpoint.Permit;
import io.evenkeel.balancer.policy.LoadBalancer;
import io.evenkeel.balancer.policy.PickState;
import io.evenkeel.balancer.policy.RoundRobin;
import io.evenkeel.config.BalancerConfig;
import io.evenkeel.config.BalancerConfig.Policy;
import io.evenkeel.config.UpstreamConfig;
import io.evenkeel.discovery.Endpoint;
import io.evenkeel.discovery.MergedEndpoint;
import io.evenkeel.discovery.Voucher;
import io.evenkeel.discovery.testing.VirtualScheduler;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UpstreamTest {

    private static final List<Policy> POLICIES = List.of(Policy.LEAST_CONNECTIONS, Policy.ROUND_ROBIN, Policy.RANDOM);

    private final Upstream upstream = new Upstream(
            UpstreamConfig.of("vvm", BalancerConfig.of(Policy.LEAST_CONNECTIONS), List.of()),
            new VirtualScheduler(),
            event -> {});
    private final PickState pickState = new PickState(1);
    private final List<String> events = new ArrayList<>();

    private final EndpointListener listener = new EndpointListener() {
        @Override
        public void onAdded(EndpointState endpoint) {
            events.add("+" + endpoint.address());
        }

        @Override
        public void onRemoved(EndpointState endpoint) {
            events.add("-" + endpoint.address());
        }
    };

    @Test
    void itIsUndiscoveredAndEmptyUntilTheFirstAnswer() {
        assertThat(upstream.discovered()).isFalse();
        assertThat(upstream.snapshot().pick(pickState, LoadBalancer.NO_KEY, Endpoints.UNTRIED))
                .isNull();
        upstream.update(List.of());
        assertThat(upstream.discovered()).isTrue();
    }

    @Test
    void anEndpointKeepsItsStateAndCountsOverUpdates() {
        upstream.update(merged(1, 2));
        EndpointState one = state(1);
        Endpoints.busy(one, 3);
        upstream.update(merged(3, 1));
        assertThat(state(1)).isSameAs(one);
        assertThat(one.inFlight()).isEqualTo(3);
        assertThat(addresses()).containsExactly(address(3), address(1));
    }

    @Test
    void whatDiscoverySaysAboutAnEndpointIsRenewed() {
        upstream.update(merged(1));
        upstream.update(List.of(new MergedEndpoint(List.of(
                new Voucher("a", Instant.EPOCH, Endpoint.at(address(1)).withWeight(7)),
                new Voucher(
                        "b",
                        Instant.EPOCH,
                        new Endpoint(address(1), 1, Optional.of("node-2"), Map.of(), Endpoint.Health.PASSING))))));
        assertThat(state(1).weight()).isEqualTo(7);
        assertThat(state(1).node()).contains("node-2");
        assertThat(state(1).sources()).containsExactly("a", "b");
    }

    @Test
    void anEndpointThatComesBackWhileBusyIsTheSame() {
        upstream.update(merged(1));
        EndpointState one = state(1);
        Permit permit = new Permit();
        permit.begin(one);
        upstream.update(List.of());
        upstream.update(merged(2));
        upstream.update(merged(1, 2));
        assertThat(state(1)).isSameAs(one);
        permit.success(-1);
        assertThat(state(1).inFlight()).isZero();
    }

    @Test
    void anEndpointThatLeftAndIsIdleIsForgotten() {
        upstream.update(merged(1));
        EndpointState one = state(1);
        upstream.update(List.of());
        upstream.update(merged(1));
        assertThat(state(1)).isNotSameAs(one);
    }

    @Test
    void aDrainedEndpointIsListedButNotPicked() {
        upstream.update(merged(1, 2));
        assertThat(upstream.drain(address(1))).isTrue();
        assertThat(addresses()).containsExactly(address(1), address(2));
        for (int i = 0; i < 10; i++) {
            assertThat(upstream.snapshot().pick(pickState, LoadBalancer.NO_KEY, Endpoints.UNTRIED))
                    .isSameAs(state(2));
        }
        assertThat(upstream.undrain(address(1))).isTrue();
        assertThat(pickedAddresses(10)).contains(address(1));
    }

    @Test
    void whenAllDrainThereIsNothingToPick() {
        upstream.update(merged(1));
        upstream.drain(address(1));
        assertThat(upstream.snapshot().pick(pickState, LoadBalancer.NO_KEY, Endpoints.UNTRIED))
                .isNull();
    }

    @Test
    void aDrainOutlivesUpdatesButNotTheEndpoint() {
        upstream.update(merged(1, 2));
        upstream.drain(address(1));
        Endpoints.busy(state(1), 1);
        upstream.update(merged(1, 2, 3));
        assertThat(state(1).draining()).isTrue();
        upstream.update(merged(2));
        upstream.update(merged(1, 2));
        assertThat(state(1).draining()).isFalse();
    }

    @Test
    void anUnknownEndpointCannotDrain() {
        upstream.update(merged(1));
        assertThat(upstream.drain(address(9))).isFalse();
        assertThat(upstream.undrain(address(9))).isFalse();
    }

    @Test
    void listenersHearWhoCameAndWhoLeftAfterTheSnapshotSaysSo() {
        upstream.update(merged(1, 2));
        upstream.addListener(listener);
        upstream.update(merged(2, 3));
        assertThat(events).containsExactly("+" + address(3), "-" + address(1));
        upstream.drain(address(2));
        upstream.removeListener(listener);
        upstream.update(List.of());
        assertThat(events).hasSize(2);
    }

    @Test
    void whenTheUpstreamIsRetiredAllEndpointsLeaveAndTheSnapshotStays() {
        upstream.update(merged(1, 2));
        upstream.addListener(listener);
        upstream.retire();
        assertThat(events).containsExactly("-" + address(1), "-" + address(2));
        assertThat(upstream.snapshot().pick(pickState, LoadBalancer.NO_KEY, Endpoints.UNTRIED))
                .isNotNull();
    }

    @Test
    void anotherPolicyKeepsEndpointsCountsAndDrains() {
        upstream.update(merged(1, 2, 3));
        Endpoints.busy(state(1), 5);
        upstream.drain(address(2));
        EndpointState one = state(1);
        upstream.configure(UpstreamConfig.of("vvm", BalancerConfig.of(Policy.ROUND_ROBIN), List.of()));
        assertThat(upstream.snapshot().balancer()).isInstanceOf(RoundRobin.class);
        assertThat(state(1)).isSameAs(one);
        assertThat(pickedAddresses(10)).containsOnly(address(1), address(3));
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13})
    void noUpdateLosesACountWhileLoopsPick(long seed) throws Exception {
        upstream.update(merged(0, 1, 2, 3, 4, 5));
        AtomicBoolean stop = new AtomicBoolean();
        ExecutorService loops = Executors.newFixedThreadPool(4);
        Map<EndpointState, Long> expected = new HashMap<>();
        try {
            List<Future<Map<EndpointState, Long>>> done = new ArrayList<>();
            for (int loop = 0; loop < 4; loop++) {
                PickState state = new PickState(loop);
                done.add(loops.submit(() -> exchanges(state, stop)));
            }
            churn(new SplittableRandom(seed));
            stop.set(true);
            for (Future<Map<EndpointState, Long>> future : done) {
                future.get().forEach((endpoint, count) -> expected.merge(endpoint, count, Long::sum));
            }
        } finally {
            stop.set(true);
            loops.shutdownNow();
        }
        assertThat(expected).isNotEmpty();
        expected.forEach((endpoint, count) -> {
            assertThat(endpoint.requests()).isEqualTo(count);
            assertThat(endpoint.inFlight()).isZero();
        });
    }

    /** Endpoints 0 to 2 stay, the others come and go; policies and drains change. */
    private void churn(SplittableRandom random) {
        for (int i = 0; i < 2_000; i++) {
            int[] present = IntStream.range(0, 12)
                    .filter(number -> number < 3 || random.nextBoolean())
                    .toArray();
            upstream.update(merged(present));
            upstream.configure(UpstreamConfig.of(
                    "vvm", BalancerConfig.of(POLICIES.get(random.nextInt(POLICIES.size()))), List.of()));
            upstream.drain(address(random.nextInt(12)));
            upstream.undrain(address(random.nextInt(12)));
        }
    }

    private Map<EndpointState, Long> exchanges(PickState state, AtomicBoolean stop) {
        Map<EndpointState, Long> begun = new HashMap<>();
        Permit permit = new Permit();
        while (!stop.get()) {
            EndpointState picked = upstream.snapshot().pick(state, LoadBalancer.NO_KEY, Endpoints.UNTRIED);
            if (picked != null) {
                permit.begin(picked);
                begun.merge(picked, 1L, Long::sum);
                permit.success(-1);
            }
        }
        return begun;
    }

    private EndpointState state(int number) {
        return upstream.snapshot().endpoints().stream()
                .filter(endpoint -> endpoint.address().equals(address(number)))
                .findFirst()
                .orElseThrow();
    }

    private List<InetSocketAddress> addresses() {
        return upstream.snapshot().endpoints().stream()
                .map(EndpointState::address)
                .toList();
    }

    private List<InetSocketAddress> pickedAddresses(int times) {
        return IntStream.range(0, times)
                .mapToObj(i -> Objects.requireNonNull(
                                upstream.snapshot().pick(pickState, LoadBalancer.NO_KEY, Endpoints.UNTRIED))
                        .address())
                .toList();
    }
}
