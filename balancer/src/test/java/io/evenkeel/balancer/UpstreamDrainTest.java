package io.evenkeel.balancer;

import static io.evenkeel.balancer.Endpoints.address;
import static io.evenkeel.balancer.Endpoints.merged;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.balancer.endpoint.EndpointState;
import io.evenkeel.balancer.endpoint.Permit;
import io.evenkeel.balancer.policy.LoadBalancer;
import io.evenkeel.balancer.policy.PickState;
import io.evenkeel.discovery.DiscoveryEvent;
import io.evenkeel.discovery.Endpoint;
import io.evenkeel.discovery.MergedEndpoint;
import io.evenkeel.discovery.Voucher;
import io.evenkeel.discovery.testing.VirtualScheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UpstreamDrainTest {

    private static final Duration DEADLINE = Duration.ofMinutes(5);

    private final VirtualScheduler scheduler = new VirtualScheduler();
    private final List<DiscoveryEvent> events = new ArrayList<>();
    private final List<EndpointState> expired = new ArrayList<>();
    private final Upstream upstream = new Upstream(Configs.upstream("name: u"), scheduler, events::add);

    @BeforeEach
    void listen() {
        upstream.addListener(new EndpointListener() {
            @Override
            public void onAdded(EndpointState endpoint) {}

            @Override
            public void onRemoved(EndpointState endpoint) {}

            @Override
            public void onDrainExpired(EndpointState endpoint) {
                expired.add(endpoint);
            }
        });
    }

    @Test
    void whatIsInFlightAtADrainedEndpointIsEndedAtTheDeadline() {
        upstream.update(merged(1, 2));
        EndpointState one = state(1);
        Endpoints.busy(one, 1);
        Endpoints.busy(state(2), 1);
        scheduler.advance(Duration.ofSeconds(7));
        upstream.drain(address(1));

        scheduler.advance(DEADLINE.minusMillis(1));
        assertThat(expired).isEmpty();
        scheduler.advance(Duration.ofMillis(1));
        assertThat(expired).containsExactly(one);
        assertThat(one.drainingSinceNanos()).isEqualTo(scheduler.nanoTime() - DEADLINE.toNanos());
    }

    @Test
    void itIsToldAgainUntilNothingIsInFlight() {
        upstream.update(merged(1));
        Permit permit = attempt(1);
        upstream.drain(address(1));
        scheduler.advance(DEADLINE);
        scheduler.advance(DrainDeadlines.REPEAT_INTERVAL);
        assertThat(expired).hasSize(2);

        permit.ignored();
        scheduler.advance(DrainDeadlines.REPEAT_INTERVAL);
        assertThat(expired).hasSize(2);
        assertThat(scheduler.waitingTasks()).isZero();
    }

    @Test
    void aDrainTakenBackBeforeTheDeadlineEndsNothing() {
        upstream.update(merged(1));
        attempt(1);
        upstream.drain(address(1));
        scheduler.advance(DEADLINE.minusMillis(1));
        upstream.undrain(address(1));
        scheduler.advance(DEADLINE);

        assertThat(expired).isEmpty();
        assertThat(scheduler.waitingTasks()).isZero();
    }

    @Test
    void aDepartedEndpointHasTheDeadlineTooAndTheTimeItDrainedBeforeCounts() {
        upstream.update(merged(1, 2));
        EndpointState one = state(1);
        Endpoints.busy(one, 1);
        upstream.drain(address(1));
        scheduler.advance(Duration.ofMinutes(4));
        upstream.update(merged(2));
        assertThat(upstream.drainDeadline(one))
                .isEqualTo(Optional.of(scheduler.now().plusSeconds(60)));
        scheduler.advance(Duration.ofMinutes(1));

        assertThat(expired).containsExactly(one);
    }

    @Test
    void anEndpointThatReturnsKeepsWhatIsInFlight() {
        upstream.update(merged(1));
        attempt(1);
        upstream.update(merged());
        scheduler.advance(Duration.ofMinutes(4));
        upstream.update(merged(1));
        scheduler.advance(DEADLINE);

        assertThat(expired).isEmpty();
        assertThat(upstream.drainDeadline(state(1))).isEmpty();
    }

    @Test
    void theEndpointsOfAnUpstreamThatIsConfiguredNoMoreHaveTheDeadlineToo() {
        upstream.update(merged(1));
        EndpointState one = state(1);
        Permit permit = attempt(1);
        upstream.retire();
        scheduler.advance(DEADLINE);
        assertThat(expired).containsExactly(one);

        permit.ignored();
        scheduler.advance(DrainDeadlines.REPEAT_INTERVAL);
        assertThat(scheduler.waitingTasks()).isZero();
    }

    @Test
    void withoutADeadlineADrainHasNoEnd() {
        upstream.configure(Configs.upstream("name: u\ndrain: { deadline: 0s }"));
        upstream.update(merged(1));
        attempt(1);
        upstream.drain(address(1));
        scheduler.advance(Duration.ofDays(1));

        assertThat(expired).isEmpty();
        assertThat(upstream.drainDeadline(state(1))).isEmpty();
    }

    @Test
    void aReloadMovesTheDeadlineOfWhatDrainsAlready() {
        upstream.update(merged(1, 2));
        attempt(1);
        EndpointState departed = state(2);
        Endpoints.busy(departed, 1);
        upstream.drain(address(1));
        upstream.update(merged(1));
        scheduler.advance(Duration.ofMinutes(1));
        upstream.configure(Configs.upstream("name: u\ndrain: { deadline: 90s }"));
        scheduler.advance(Duration.ofSeconds(29));
        assertThat(expired).isEmpty();
        scheduler.advance(Duration.ofSeconds(1));

        assertThat(expired).containsExactlyInAnyOrder(state(1), departed);
    }

    @Test
    void anEndpointWithTheTagDrainsAsLongAsASourceSaysSo() {
        upstream.update(merged(1, 2));
        upstream.update(List.of(Endpoints.reported(1), tagged(2, Map.of("drain", "true"))));
        assertThat(state(2).draining()).isTrue();
        assertThat(picked()).isSameAs(state(1));
        assertThat(last()).isEqualTo("endpoint-draining 10.0.0.2:80 its tag says so; in flight: 0");

        upstream.update(merged(1, 2));
        assertThat(state(2).draining()).isFalse();
        assertThat(last()).isEqualTo("endpoint-returned 10.0.0.2:80 its tag says so no more");
    }

    @Test
    void anyOfSeveralSourcesIsEnough() {
        Endpoint plain = Endpoint.at(address(1));
        Endpoint tagged = new Endpoint(address(1), 1, Optional.empty(), Map.of("drain", ""), plain.health());
        upstream.update(List.of(new MergedEndpoint(
                List.of(new Voucher("dns", Instant.EPOCH, plain), new Voucher("consul", Instant.EPOCH, tagged)))));

        assertThat(state(1).draining()).isTrue();
    }

    @Test
    void theTagSaidToBeFalseIsNone() {
        upstream.update(List.of(tagged(1, Map.of("drain", "false"))));

        assertThat(state(1).draining()).isFalse();
    }

    @Test
    void anOperatorCannotTakeBackWhatTheTagSays() {
        upstream.update(List.of(tagged(1, Map.of("drain", "true"))));
        upstream.drain(address(1));
        upstream.undrain(address(1));

        assertThat(state(1).draining()).isTrue();
        assertThat(last()).isEqualTo("endpoint-draining 10.0.0.1:80 its tag says so; in flight: 0");
    }

    @Test
    void aReloadThatNamesAnotherTagIsHeededAtOnce() {
        upstream.update(List.of(tagged(1, Map.of("leaving", "true")), tagged(2, Map.of("drain", "true"))));
        upstream.configure(Configs.upstream("name: u\ndrain: { tag: leaving }"));

        assertThat(state(1).draining()).isTrue();
        assertThat(picked()).isSameAs(state(2));
    }

    @Test
    void theTagHasTheDeadlineToo() {
        upstream.update(merged(1));
        attempt(1);
        upstream.update(List.of(tagged(1, Map.of("drain", "true"))));
        scheduler.advance(Duration.ofMinutes(3));
        upstream.update(List.of(tagged(1, Map.of("drain", "true", "other", "news"))));
        scheduler.advance(Duration.ofMinutes(2));

        assertThat(expired).containsExactly(state(1));
    }

    private static MergedEndpoint tagged(int number, Map<String, String> tags) {
        Endpoint plain = Endpoint.at(address(number));
        return MergedEndpoint.of("consul", new Endpoint(address(number), 1, Optional.empty(), tags, plain.health()));
    }

    private @Nullable EndpointState picked() {
        return upstream.snapshot().pick(new PickState(1), LoadBalancer.NO_KEY, Endpoints.UNTRIED);
    }

    private Permit attempt(int number) {
        Permit permit = new Permit();
        permit.begin(state(number));
        return permit;
    }

    private EndpointState state(int number) {
        return upstream.snapshot().endpoints().stream()
                .filter(endpoint -> endpoint.address().equals(address(number)))
                .findFirst()
                .orElseThrow();
    }

    /** The last event in one line. */
    private String last() {
        DiscoveryEvent event = events.get(events.size() - 1);
        return event.kind().label() + " " + event.endpoint() + " " + event.reason();
    }
}
