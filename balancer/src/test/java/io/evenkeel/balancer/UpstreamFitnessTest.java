package io.evenkeel.balancer;

import static io.evenkeel.balancer.Endpoints.merged;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.balancer.endpoint.EndpointState;
import io.evenkeel.balancer.endpoint.Fault;
import io.evenkeel.balancer.endpoint.Permit;
import io.evenkeel.balancer.endpoint.Standing;
import io.evenkeel.balancer.endpoint.Standing.Health;
import io.evenkeel.balancer.health.CheckPlaces;
import io.evenkeel.balancer.health.ProbeResult;
import io.evenkeel.balancer.policy.PickState;
import io.evenkeel.config.UpstreamConfig;
import io.evenkeel.discovery.Discovery;
import io.evenkeel.discovery.DiscoveryEvent;
import io.evenkeel.discovery.DiscoveryEvent.Kind;
import io.evenkeel.discovery.builtin.BuiltInSources;
import io.evenkeel.discovery.testing.VirtualScheduler;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class UpstreamFitnessTest {

    /** Whatever was there before, everybody who may be picked is, soon. */
    private static final String RANDOM = "balancer: { policy: random }\n";

    private static final Duration LONG = Duration.ofMinutes(1);

    private final VirtualScheduler scheduler = new VirtualScheduler();
    private final List<DiscoveryEvent> events = new ArrayList<>();
    private final Set<InetSocketAddress> sick = new HashSet<>();
    private final List<EndpointState> unfit = new ArrayList<>();
    private int made;
    private int asked;
    private final UpstreamConfig plain = Configs.upstream(RANDOM);
    private final Upstream upstream = new Upstream(plain, scheduler, events::add);
    private final UpstreamFitness fitness = new UpstreamFitness(
            upstream,
            plain,
            Discovery.of(scheduler, new BuiltInSources(scheduler, new SplittableRandom(1))),
            new UpstreamFitness.Checking(
                    config -> {
                        made++;
                        if (config.port() == 666) {
                            throw new IllegalArgumentException("tls.ca: holds no certificate");
                        }
                        return (address, timeout) -> {
                            asked++;
                            return CompletableFuture.completedFuture(
                                    sick.contains(address) ? ProbeResult.failed("no") : ProbeResult.passed("yes"));
                        };
                    },
                    new CheckPlaces(8),
                    new SplittableRandom(1)));

    @Test
    void whoMustBeCheckedFirstIsInNoPickerBefore() {
        configure("health-check: { until-checked: false }");
        List<Boolean> fitWhenPublished = new ArrayList<>();
        upstream.addListener(new EndpointListener() {
            @Override
            public void onAdded(EndpointState endpoint) {
                fitWhenPublished.add(endpoint.standing().fit());
            }

            @Override
            public void onRemoved(EndpointState endpoint) {}
        });
        upstream.update(merged(1, 2));
        assertThat(fitWhenPublished).containsExactly(false, false);
        assertThat(picked()).isEmpty();
        scheduler.advance(LONG);

        assertThat(picked()).hasSize(2);
    }

    @Test
    void anUnhealthyEndpointIsPickedNoMoreAndListenersAreTold() {
        upstream.addListener(new EndpointListener() {
            @Override
            public void onAdded(EndpointState endpoint) {}

            @Override
            public void onRemoved(EndpointState endpoint) {}

            @Override
            public void onUnfit(EndpointState endpoint) {
                assertThat(picked()).doesNotContain(endpoint);
                unfit.add(endpoint);
            }
        });
        configure("health-check: { }");
        upstream.update(merged(1, 2, 3));
        sick.add(Endpoints.address(2));
        scheduler.advance(LONG);

        assertThat(picked()).containsExactlyInAnyOrder(state(0), state(2));
        assertThat(unfit).containsExactly(state(1));
        assertThat(kinds()).containsExactly(Kind.ENDPOINT_UNHEALTHY);
        assertThat(fitness.counts().checks().values())
                .allMatch(count -> count >= 0)
                .anyMatch(count -> count > 3);
    }

    @Test
    void aReloadThatChangesNothingDisturbsNoCheck() {
        configure("health-check: { interval: 3s }");
        upstream.update(merged(1));
        scheduler.advance(LONG);
        int waiting = scheduler.waitingTasks();
        configure("health-check: { interval: 3s }\nmax-attempts: 2");

        assertThat(made).isOne();
        assertThat(scheduler.waitingTasks()).isEqualTo(waiting);
    }

    @Test
    void otherChecksGoOnFromWhatIsKnown() {
        configure("health-check: { until-checked: false }");
        upstream.update(merged(1, 2));
        sick.add(Endpoints.address(2));
        scheduler.advance(LONG);
        sick.clear();
        configure("health-check: { until-checked: false, interval: 10s, fast-interval: 10s }");

        assertThat(state(0).standing().health()).isEqualTo(Health.HEALTHY);
        assertThat(state(1).standing().health()).isEqualTo(Health.UNHEALTHY);
        assertThat(picked()).containsExactly(state(0));
        scheduler.advance(LONG);
        assertThat(picked()).hasSize(2);
    }

    @Test
    void endpointsThatServedBeforeThereWereChecksGoOn() {
        upstream.update(merged(1, 2));
        configure("health-check: { until-checked: false }");

        assertThat(picked()).hasSize(2);
        scheduler.advance(LONG);
        assertThat(state(0).standing().health()).isEqualTo(Health.HEALTHY);
    }

    @Test
    void withoutChecksWhatTheySaidIsForgotten() {
        configure("health-check: { }");
        upstream.update(merged(1, 2));
        sick.add(Endpoints.address(2));
        scheduler.advance(LONG);
        configure("");
        int until = asked;
        scheduler.advance(LONG);

        assertThat(picked()).hasSize(2);
        assertThat(state(1).standing()).isEqualTo(Standing.UNCHECKED);
        assertThat(asked).isEqualTo(until);
    }

    @Test
    void checksThatCannotBeMadeLeaveThoseThatAre() {
        configure("health-check: { }");
        upstream.update(merged(1));
        configure("health-check: { port: 666 }");
        scheduler.advance(LONG);

        assertThat(state(0).standing().health()).isEqualTo(Health.HEALTHY);
    }

    @Test
    void anOutlierIsPickedNoMoreUntilItsTimeIsUp() {
        upstream.update(merged(1, 2, 3));
        Permit permit = new Permit();
        for (int i = 0; i < 5; i++) {
            permit.begin(state(1));
            permit.dropped(Fault.GATEWAY);
        }
        assertThat(picked()).containsExactlyInAnyOrder(state(0), state(2));
        scheduler.advance(LONG);

        assertThat(picked()).hasSize(3);
        assertThat(kinds()).containsExactly(Kind.ENDPOINT_EJECTED, Kind.ENDPOINT_UNEJECTED);
    }

    @Test
    void anEndpointThatIsBackIsSomebodyElse() {
        configure("health-check: { }");
        upstream.update(merged(1, 2));
        new Permit().begin(state(1));
        sick.add(Endpoints.address(2));
        scheduler.advance(LONG);
        upstream.update(merged(1));
        upstream.update(merged(1, 2));

        assertThat(state(1).standing()).isEqualTo(Standing.UNCHECKED);
        scheduler.advance(LONG);
        assertThat(state(1).standing().health()).isEqualTo(Health.UNHEALTHY);
    }

    @Test
    void nothingGoesOnOnceAllIsClosed() {
        configure("health-check: { }");
        upstream.update(merged(1, 2));
        scheduler.advance(LONG);
        fitness.close();
        scheduler.advance(LONG);

        assertThat(scheduler.waitingTasks()).isZero();
    }

    private void configure(String yaml) {
        UpstreamConfig config = Configs.upstream(RANDOM + yaml);
        upstream.configure(config);
        fitness.configure(config);
    }

    private EndpointState state(int index) {
        return upstream.snapshot().endpoints().get(index);
    }

    private Set<EndpointState> picked() {
        Set<EndpointState> picked = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            EndpointState one = upstream.snapshot().pick(new PickState(i), 0, Endpoints.UNTRIED);
            if (one != null) {
                picked.add(one);
            }
        }
        return picked;
    }

    /** What happened to the endpoints besides their coming. */
    private List<Kind> kinds() {
        return events.stream()
                .map(DiscoveryEvent::kind)
                .filter(kind -> kind != Kind.ENDPOINT_ADDED)
                .toList();
    }
}
