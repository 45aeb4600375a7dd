package io.evenkeel.balancer;

import static io.evenkeel.balancer.Endpoints.address;
import static io.evenkeel.balancer.Endpoints.merged;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.balancer.endpoint.EndpointState;
import io.evenkeel.balancer.endpoint.Fault;
import io.evenkeel.balancer.endpoint.Permit;
import io.evenkeel.config.BalancerConfig;
import io.evenkeel.config.BalancerConfig.Policy;
import io.evenkeel.config.UpstreamConfig;
import io.evenkeel.discovery.DiscoveryEvent;
import io.evenkeel.discovery.DiscoveryEvent.Kind;
import io.evenkeel.discovery.Endpoint;
import io.evenkeel.discovery.Endpoint.Health;
import io.evenkeel.discovery.MergedEndpoint;
import io.evenkeel.discovery.RejectedEndpoint;
import io.evenkeel.discovery.Voucher;
import io.evenkeel.discovery.testing.VirtualScheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EndpointEventsTest {

    private final VirtualScheduler scheduler = new VirtualScheduler();
    private final List<DiscoveryEvent> events = new ArrayList<>();
    private final Upstream upstream = new Upstream(
            UpstreamConfig.of("vvm", BalancerConfig.of(Policy.LEAST_CONNECTIONS), List.of()), scheduler, events::add);

    @Test
    void anEndpointThatComesAndGoesIdleIsAddedAndRemoved() {
        upstream.update(merged(1, 2));
        upstream.update(merged(2));

        assertThat(told()).containsExactly("added 1", "added 2", "removed 1");
        assertThat(scheduler.waitingTasks()).isZero();
    }

    @Test
    void anEventSaysEverythingThatIsKnown() {
        scheduler.advance(Duration.ofSeconds(7));
        Endpoint says = new Endpoint(address(1), 1, Optional.of("node-1"), Map.of(), Health.PASSING);
        upstream.update(List.of(new MergedEndpoint(List.of(
                new Voucher("consul:vvm", Instant.EPOCH, says), new Voucher("dns:tasks.vvm", Instant.EPOCH, says)))));
        upstream.update(List.of());

        String sources = "consul:vvm, dns:tasks.vvm";
        assertThat(events)
                .containsExactly(
                        new DiscoveryEvent(
                                Instant.ofEpochSecond(7),
                                Kind.ENDPOINT_ADDED,
                                "vvm",
                                "10.0.0.1:80",
                                "node-1",
                                sources,
                                "named by " + sources),
                        new DiscoveryEvent(
                                Instant.ofEpochSecond(7),
                                Kind.ENDPOINT_REMOVED,
                                "vvm",
                                "10.0.0.1:80",
                                "node-1",
                                sources,
                                "no longer named by " + sources));
    }

    @Test
    void anEndpointThatLeavesWhileBusyDrainsUntilItsLastAttemptEnds() {
        upstream.update(merged(1, 2));
        Permit one = attempt(1);
        Permit other = attempt(1);
        EndpointState state = state(1);
        upstream.update(merged(2));
        assertThat(told()).containsExactly("added 1", "added 2", "draining 1");
        assertThat(last().reason()).isEqualTo("no longer named by static; in flight: 2");
        assertThat(upstream.departing()).containsExactly(state);

        one.success(-1);
        scheduler.advance(Duration.ofMinutes(10));
        assertThat(upstream.departing()).containsExactly(state);

        other.dropped(Fault.GATEWAY);
        scheduler.advance(Upstream.LOOK_INTERVAL);
        assertThat(told()).containsExactly("added 1", "added 2", "draining 1", "removed 1");
        assertThat(upstream.departing()).isEmpty();
        assertThat(scheduler.waitingTasks()).isZero();
    }

    @Test
    void thereIsOneLookAtATimeHoweverManyDepart() {
        upstream.update(merged(1, 2, 3));
        attempt(1);
        attempt(2);
        upstream.update(merged(2, 3));
        upstream.update(merged(3));

        int deadlines = upstream.departing().size();
        assertThat(deadlines).isEqualTo(2);
        assertThat(scheduler.waitingTasks()).isEqualTo(1 + deadlines);
    }

    @Test
    void anEndpointThatIsBackBeforeItsLastAttemptEndedReturns() {
        upstream.update(merged(1));
        Permit permit = attempt(1);
        upstream.update(merged());
        upstream.update(merged(1));
        permit.success(-1);
        scheduler.advance(Duration.ofMinutes(1));

        assertThat(told()).containsExactly("added 1", "draining 1", "returned 1");
        assertThat(upstream.departing()).isEmpty();
    }

    @Test
    void anEndpointThatWasHereBeforeReturns() {
        upstream.update(merged(1));
        upstream.update(merged());
        upstream.update(merged(1));

        assertThat(told()).containsExactly("added 1", "removed 1", "returned 1");
        assertThat(last().reason()).isEqualTo("named again by static");
    }

    @Test
    void onlySoManyDepartedAddressesAreRemembered() {
        int[] many =
                IntStream.rangeClosed(1, EndpointChronicle.MOST_REMEMBERED + 1).toArray();
        upstream.update(merged(many));
        upstream.update(merged());
        events.clear();
        upstream.update(merged(1, 2));

        assertThat(told()).containsExactly("added 1", "returned 2");
    }

    @Test
    void anOperatorsDrainIsToldOnceAndSoIsItsEnd() {
        upstream.update(merged(1));
        attempt(1);
        upstream.drain(address(1));
        upstream.drain(address(1));
        assertThat(last().reason()).isEqualTo("an operator drains it; in flight: 1");
        upstream.undrain(address(1));
        upstream.undrain(address(1));

        assertThat(told()).containsExactly("added 1", "draining 1", "returned 1");
        assertThat(last().reason()).isEqualTo("an operator took the drain back");
    }

    @Test
    void aDrainedEndpointThatLeavesIsRemovedAndComesBackUndrained() {
        upstream.update(merged(1));
        upstream.drain(address(1));
        upstream.update(merged());
        upstream.update(merged(1));
        upstream.undrain(address(1));

        assertThat(told()).containsExactly("added 1", "draining 1", "removed 1", "returned 1");
    }

    @Test
    void whenTheUpstreamGoesItsEndpointsGoAndTheBusyOnesWhenTheyAreDone() {
        upstream.update(merged(1, 2));
        Permit permit = attempt(2);
        upstream.retire();
        assertThat(told()).containsExactly("added 1", "added 2", "draining 2", "removed 1");
        assertThat(last().reason()).isEqualTo("the upstream is no longer configured");

        permit.success(-1);
        scheduler.advance(Upstream.LOOK_INTERVAL);
        assertThat(told()).endsWith("removed 2");
        assertThat(scheduler.waitingTasks()).isZero();
    }

    @Test
    void anEndpointThatIsNamedButKeptOutLeavesForThatReason() {
        upstream.update(merged(1, 2, 3));
        upstream.update(
                merged(3),
                List.of(new RejectedEndpoint(
                        Endpoints.reported(1), RejectedEndpoint.Cause.CRITICAL, "consul:vvm says critical")));

        assertThat(events)
                .extracting(DiscoveryEvent::reason)
                .endsWith("consul:vvm says critical", "no longer named by static");
    }

    @Test
    void newsOfAnEndpointThatStaysAreNoEvent() {
        upstream.update(merged(1));
        upstream.update(List.of(MergedEndpoint.of("dns", Endpoint.at(address(1)).withWeight(7))));
        upstream.configure(UpstreamConfig.of("vvm", BalancerConfig.of(Policy.RANDOM), List.of()));

        assertThat(told()).containsExactly("added 1");
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

    private DiscoveryEvent last() {
        return events.get(events.size() - 1);
    }

    /** Each event as its kind and the number of its endpoint. */
    private List<String> told() {
        return events.stream()
                .map(event -> event.kind().label().replace("endpoint-", "") + " " + number(event.endpoint()))
                .toList();
    }

    private static int number(String endpoint) {
        String[] octets = endpoint.substring(0, endpoint.indexOf(':')).split("\\.", -1);
        return Integer.parseInt(octets[2]) * 256 + Integer.parseInt(octets[3]);
    }
}
