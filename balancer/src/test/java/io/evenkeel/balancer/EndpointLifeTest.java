package io.evenkeel.balancer;

import static io.evenkeel.balancer.Endpoints.address;
import static io.evenkeel.balancer.Endpoints.merged;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.balancer.endpoint.EndpointState;
import io.evenkeel.balancer.endpoint.Permit;
import io.evenkeel.balancer.policy.LoadBalancer;
import io.evenkeel.balancer.policy.PickState;
import io.evenkeel.config.BalancerConfig;
import io.evenkeel.config.BalancerConfig.Policy;
import io.evenkeel.config.UpstreamConfig;
import io.evenkeel.discovery.DiscoveryEvent;
import io.evenkeel.discovery.Literals;
import io.evenkeel.discovery.testing.VirtualScheduler;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a listener knows from the events alone is what is so, whatever happens in whatever order. */
class EndpointLifeTest {

    private static final int ENDPOINTS = 12;

    private final VirtualScheduler scheduler = new VirtualScheduler();
    private final Upstream upstream = new Upstream(
            UpstreamConfig.of("vvm", BalancerConfig.of(Policy.RANDOM), List.of()), scheduler, this::onEvent);
    private final PickState picks = new PickState(5);
    private final Queue<Permit> attempts = new ArrayDeque<>();

    private final Set<String> known = new HashSet<>();
    private final Set<String> ready = new HashSet<>();
    private final Set<String> draining = new HashSet<>();

    /** Adding what is there, removing what is not, or returning what never left fails the test. */
    private void onEvent(DiscoveryEvent event) {
        String endpoint = event.endpoint();
        switch (event.kind()) {
            case ENDPOINT_ADDED ->
                assertThat(known.add(endpoint) && ready.add(endpoint))
                        .as("%s", event)
                        .isTrue();
            case ENDPOINT_RETURNED -> {
                assertThat(known).contains(endpoint);
                assertThat(ready.add(endpoint)).as("%s", event).isTrue();
                draining.remove(endpoint);
            }
            case ENDPOINT_DRAINING ->
                assertThat(ready.remove(endpoint) ? draining.add(endpoint) : draining.contains(endpoint))
                        .as("%s", event)
                        .isTrue();
            case ENDPOINT_REMOVED ->
                assertThat(ready.remove(endpoint) != draining.remove(endpoint))
                        .as("%s", event)
                        .isTrue();
            default -> throw new AssertionError(event);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void everyEndpointThatWasAddedIsPresentOrWasRemovedOnce(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 3_000; i++) {
            step(random);
            assertThat(ready).isEqualTo(undrained());
        }
        attempts.forEach(Permit::ignored);
        scheduler.advance(Upstream.LOOK_INTERVAL);

        assertThat(upstream.departing()).isEmpty();
        assertThat(union(ready, draining)).isEqualTo(present());
        upstream.retire();
        assertThat(union(ready, draining)).isEmpty();
        assertThat(known).hasSize(ENDPOINTS);
        assertThat(scheduler.waitingTasks()).isZero();
    }

    private void step(SplittableRandom random) {
        int number = random.nextInt(ENDPOINTS);
        switch (random.nextInt(8)) {
            case 0, 1 ->
                upstream.update(merged(IntStream.range(0, ENDPOINTS)
                        .filter(any -> random.nextBoolean())
                        .toArray()));
            case 2 -> upstream.drain(address(number));
            case 3 -> upstream.undrain(address(number));
            case 4 -> end();
            case 5 -> scheduler.advance(Duration.ofMillis(random.nextInt(400)));
            default -> begin();
        }
    }

    private void begin() {
        EndpointState picked = upstream.snapshot().pick(picks, LoadBalancer.NO_KEY, Endpoints.UNTRIED);
        if (picked != null) {
            Permit permit = new Permit();
            permit.begin(picked);
            attempts.add(permit);
        }
    }

    private void end() {
        for (int i = 0; i < 3 && !attempts.isEmpty(); i++) {
            attempts.remove().success(-1);
        }
    }

    private Set<String> present() {
        return upstream.snapshot().endpoints().stream()
                .map(endpoint -> Literals.text(endpoint.address()))
                .collect(toSet());
    }

    private Set<String> undrained() {
        return upstream.snapshot().endpoints().stream()
                .filter(endpoint -> !endpoint.draining())
                .map(endpoint -> Literals.text(endpoint.address()))
                .collect(toSet());
    }

    private static Set<String> union(Set<String> one, Set<String> other) {
        Set<String> both = new HashSet<>(one);
        both.addAll(other);
        return both;
    }
}
