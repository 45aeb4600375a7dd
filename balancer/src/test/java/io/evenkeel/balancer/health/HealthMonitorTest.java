package io.evenkeel.balancer.health;

import static io.evenkeel.balancer.Endpoints.address;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.balancer.Configs;
import io.evenkeel.balancer.Endpoints;
import io.evenkeel.balancer.endpoint.EndpointState;
import io.evenkeel.balancer.endpoint.Permit;
import io.evenkeel.balancer.endpoint.Standing;
import io.evenkeel.balancer.endpoint.Standing.Ejection;
import io.evenkeel.balancer.endpoint.Standing.Health;
import io.evenkeel.balancer.health.ProbeResult.Outcome;
import io.evenkeel.balancer.health.ScriptedProbe.Asked;
import io.evenkeel.balancer.health.ScriptedProbe.Behaviour;
import io.evenkeel.config.HealthCheckConfig;
import io.evenkeel.discovery.Scheduler;
import io.evenkeel.discovery.testing.VirtualScheduler;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HealthMonitorTest {

    private static final Duration INTERVAL = Duration.ofSeconds(5);
    private static final Duration FAST = Duration.ofSeconds(1);

    private final VirtualScheduler scheduler = new VirtualScheduler();
    private final ScriptedProbe probe = new ScriptedProbe(scheduler);
    private final Heard heard = new Heard();
    private final EnumCounts<Outcome> counts = new EnumCounts<>(Outcome.class);
    private final EndpointState endpoint = Endpoints.states(1)[0];

    @Test
    void theFirstCheckThatPassesMakesAnEndpointHealthy() {
        monitor("");
        assertThat(standing()).isEqualTo(Standing.UNCHECKED);
        scheduler.advance(FAST);

        assertThat(standing().health()).isEqualTo(Health.HEALTHY);
        assertThat(standing().detail()).isEqualTo("status 200");
        assertThat(heard.events).isEmpty();
        assertThat(heard.standings).isZero();
    }

    @Test
    void anEndpointThatMustBeCheckedFirstIsUsedFromItsFirstPassOn() {
        monitor("until-checked: false");
        assertThat(standing().fit()).isFalse();
        scheduler.advance(FAST);

        assertThat(standing().fit()).isTrue();
        assertThat(heard.standings).isOne();
        assertThat(heard.events).containsExactly("endpoint-healthy 10.0.0.0 by health-check: status 200");
        assertThat(heard.givenUp).isEmpty();
    }

    @Test
    void threeFailedChecksInARowTakeAnEndpointOutAndTwoPassedOnesBringItBack() {
        monitor("");
        scheduler.advance(FAST);
        probe.behave(address(0), Behaviour.SICK);
        scheduler.advance(INTERVAL.multipliedBy(2).plus(FAST.multipliedBy(3)));

        assertThat(standing().health()).isEqualTo(Health.UNHEALTHY);
        assertThat(standing().detail()).isEqualTo("status 503");
        assertThat(standing().phi()).isZero();
        assertThat(heard.givenUp).containsExactly(endpoint);
        assertThat(heard.standings).isOne();

        probe.behave(address(0), Behaviour.WELL);
        scheduler.advance(INTERVAL.multipliedBy(2));
        assertThat(standing()).isEqualTo(new Standing(Health.HEALTHY, "status 200", 0, 100, true, Optional.empty()));
        assertThat(heard.events)
                .containsExactly(
                        "endpoint-unhealthy 10.0.0.0 by health-check: status 503",
                        "endpoint-healthy 10.0.0.0 by health-check: status 200");
        assertThat(heard.givenUp).hasSize(1);
        assertThat(heard.standings).isEqualTo(2);
    }

    @Test
    void checksComeFastWhileTheVerdictChangesAndAtTheirIntervalOtherwise() {
        monitor("");
        scheduler.advance(Duration.ofMinutes(5));
        List<Long> gaps = gaps();
        assertThat(gaps.get(0)).isLessThan(INTERVAL.toNanos());
        assertThat(gaps.subList(1, gaps.size())).allSatisfy(gap -> assertThat(gap)
                .isBetween(INTERVAL.toNanos() * 9 / 10, INTERVAL.toNanos() * 11 / 10));
        assertThat(gaps.subList(1, gaps.size())).doesNotHaveDuplicates();

        probe.behave(address(0), Behaviour.SICK);
        int before = probe.asked.size();
        scheduler.advance(INTERVAL.multipliedBy(2));
        List<Long> later = gaps().subList(before, before + 2);
        assertThat(later)
                .allSatisfy(gap -> assertThat(gap).isBetween(FAST.toNanos() * 9 / 10, FAST.toNanos() * 11 / 10));
    }

    @Test
    void theNextCheckWaitsForTheOneBefore() {
        monitor("timeout: 2s, interval: 2s, fast-interval: 50ms");
        probe.behave(address(0), Behaviour.DEAD);
        scheduler.advance(Duration.ofMinutes(1));

        assertThat(probe.mostUnderWay).isOne();
        assertThat(counts.read().get(Outcome.SILENT)).isBetween(25L, 31L);
    }

    @Test
    void anEndpointThatFallsSilentLosesWeightAndThenItsPlaceBeforeItsSecondCheck() {
        monitor("");
        scheduler.advance(Duration.ofMinutes(10));
        probe.behave(address(0), Behaviour.DEAD);
        int asked = probe.asked.size();
        boolean weakened = false;
        while (standing().usable()) {
            scheduler.advance(Duration.ofMillis(10));
            weakened |= standing().weightPercent() < 100 && standing().usable();
        }

        assertThat(weakened).isTrue();
        assertThat(probe.asked).hasSize(asked + 1);
        assertThat(standing().health()).isEqualTo(Health.UNHEALTHY);
        assertThat(standing().phi()).isGreaterThanOrEqualTo(8);
        assertThat(standing().detail()).matches("silent for 1\\.\\d s \\(phi \\d+\\.\\d\\)");
        assertThat(heard.givenUp).containsExactly(endpoint);
        assertThat(heard.standings).as("few new pickers").isLessThanOrEqualTo(12);
    }

    @Test
    void aSlowEndpointIsNotTakenForADeadOne() {
        monitor("");
        scheduler.advance(Duration.ofMinutes(10));
        for (int ms = 100; ms <= 1_800; ms += 100) {
            probe.behave(address(0), new Behaviour(ProbeResult.passed("slow"), Duration.ofMillis(ms)));
            scheduler.advance(Duration.ofMinutes(5));
        }

        assertThat(heard.givenUp).isEmpty();
        probe.behave(address(0), Behaviour.DEAD);
        scheduler.advance(INTERVAL.multipliedBy(4));
        assertThat(heard.givenUp).containsExactly(endpoint);
    }

    @Test
    void failuresThatAreAnsweredAreCountedAndNotTakenForSilence() {
        monitor("fast-interval: 5s, unhealthy-after: 10");
        scheduler.advance(FAST.multipliedBy(5));
        probe.behave(address(0), Behaviour.SICK);
        scheduler.advance(INTERVAL.multipliedBy(8));

        assertThat(standing().fit()).isTrue();
        assertThat(standing().weightPercent()).isEqualTo(100);
    }

    @Test
    void aProbeThatThrowsIsAFailedCheck() {
        HealthMonitor monitor = new HealthMonitor(
                new CheckContext(
                        config(""),
                        (address, timeout) -> {
                            throw new IllegalStateException("defect");
                        },
                        scheduler,
                        new SplittableRandom(1),
                        new CheckPlaces(1),
                        counts),
                heard);
        monitor.add(endpoint);
        scheduler.advance(INTERVAL);

        assertThat(standing().health()).isEqualTo(Health.UNHEALTHY);
        assertThat(standing().detail()).contains("defect");
        assertThat(counts.read().get(Outcome.FAILED)).isGreaterThanOrEqualTo(3);
    }

    @Test
    void anEndpointThatLeftIsAskedNoMoreAndForgotten() {
        HealthMonitor monitor = monitor("");
        probe.behave(address(0), Behaviour.SICK);
        scheduler.advance(INTERVAL);
        assertThat(standing().fit()).isFalse();
        int asked = probe.asked.size();
        monitor.remove(endpoint);
        scheduler.advance(INTERVAL.multipliedBy(3));

        assertThat(standing()).isEqualTo(Standing.UNCHECKED);
        assertThat(probe.asked).hasSize(asked);
        assertThat(scheduler.waitingTasks()).isZero();
        assertThat(heard.givenUp).isEqualTo(List.of(endpoint));
    }

    @Test
    void anEndpointThatLeftAndIsSilentIsGivenUpWhileSomethingIsInFlightThere() {
        HealthMonitor monitor = monitor("");
        scheduler.advance(INTERVAL);
        Permit permit = new Permit();
        permit.begin(endpoint);
        monitor.remove(endpoint);
        scheduler.advance(INTERVAL);
        assertThat(heard.givenUp).isEmpty();

        probe.behave(address(0), Behaviour.DEAD);
        scheduler.advance(INTERVAL.multipliedBy(3));
        assertThat(heard.givenUp).containsExactly(endpoint);
        assertThat(heard.standings).isOne();
        assertThat(heard.events)
                .containsExactly("endpoint-unhealthy 10.0.0.0 by health-check: has left, and is silent");
        assertThat(standing()).isEqualTo(Standing.UNCHECKED);
        assertThat(scheduler.waitingTasks()).isZero();
    }

    @Test
    void anEndpointThatLeftMayRefuseWhileItFinishesWhatIsInFlight() {
        HealthMonitor monitor = monitor("");
        scheduler.advance(INTERVAL);
        Permit permit = new Permit();
        permit.begin(endpoint);
        probe.behave(address(0), Behaviour.SICK);
        monitor.remove(endpoint);
        scheduler.advance(INTERVAL.multipliedBy(5));
        assertThat(heard.givenUp).isEmpty();

        permit.success(0);
        scheduler.advance(FAST.multipliedBy(2));
        int asked = probe.asked.size();
        scheduler.advance(INTERVAL.multipliedBy(5));
        assertThat(probe.asked).hasSize(asked);
        assertThat(scheduler.waitingTasks()).isZero();
    }

    @Test
    void anEndpointThatIsBackIsAskedLikeAnyOther() {
        HealthMonitor monitor = monitor("");
        scheduler.advance(INTERVAL);
        new Permit().begin(endpoint);
        monitor.remove(endpoint);
        monitor.add(endpoint);
        scheduler.advance(INTERVAL);
        probe.behave(address(0), Behaviour.DEAD);
        scheduler.advance(INTERVAL.multipliedBy(5));
        assertThat(standing().health()).isEqualTo(Health.UNHEALTHY);
        assertThat(heard.givenUp).containsExactly(endpoint);
        assertThat(probe.mostUnderWay).isOne();
    }

    @Test
    void anAnswerThatComesAfterTheEndpointLeftChangesNothingAndFreesItsPlace() {
        CheckPlaces places = new CheckPlaces(1);
        CompletableFuture<ProbeResult> answer = new CompletableFuture<>();
        HealthMonitor monitor = monitor("", (address, timeout) -> answer, places, scheduler);
        scheduler.advance(FAST);
        monitor.remove(endpoint);
        answer.complete(ProbeResult.passed("late"));

        assertThat(standing()).isEqualTo(Standing.UNCHECKED);
        boolean[] entered = {false};
        places.enter(() -> entered[0] = true);
        assertThat(entered[0]).isTrue();
    }

    @Test
    void anEjectionAndHealthDoNotTouchEachOther() {
        monitor("");
        Ejection ejection = new Ejection("why", Instant.EPOCH);
        endpoint.standing(endpoint.standing().with(Optional.of(ejection)));
        scheduler.advance(INTERVAL);

        assertThat(standing().health()).isEqualTo(Health.HEALTHY);
        assertThat(standing().ejection()).contains(ejection);
    }

    @Test
    void inFlightIsNotGivenUpWhereItMustNot() {
        monitor("abort-in-flight: false");
        probe.behave(address(0), Behaviour.DEAD);
        scheduler.advance(INTERVAL.multipliedBy(3));

        assertThat(standing().fit()).isFalse();
        assertThat(heard.givenUp).isEmpty();
    }

    @Test
    void anotherPortIsAskedWhereConfigured() {
        monitor("port: 8000");
        scheduler.advance(FAST);

        assertThat(probe.asked)
                .extracting(Asked::address)
                .containsExactly(new InetSocketAddress(address(0).getAddress(), 8000));
    }

    /** The clock jumps while nothing runs, as when the process was stopped or the machine slept. */
    @Test
    void aPauseOfTheRouterItselfIsHeldAgainstNobody() {
        Stalling stalling = new Stalling(scheduler);
        CompletableFuture<ProbeResult> answer = new CompletableFuture<>();
        monitor("", (address, timeout) -> answer, new CheckPlaces(1), stalling);
        scheduler.advance(FAST);
        stalling.stallNanos = Duration.ofMinutes(1).toNanos();
        scheduler.advance(HealthMonitor.TICK.multipliedBy(3));

        assertThat(standing().fit()).isTrue();
        assertThat(standing().phi()).isLessThan(1);
        answer.complete(ProbeResult.passed("at last"));
        assertThat(standing().health()).isEqualTo(Health.HEALTHY);
    }

    @Test
    void tenThousandEndpointsAreSpreadOverTheIntervalAndNeverAskedAllAtOnce() {
        CheckPlaces places = new CheckPlaces(CheckPlaces.MOST);
        HealthMonitor monitor = new HealthMonitor(
                new CheckContext(config(""), probe, scheduler, new SplittableRandom(1), places, counts), heard);
        EndpointState[] many = Endpoints.states(10_000);
        List.of(many).forEach(monitor::add);
        scheduler.advance(Duration.ofSeconds(60));
        int before = probe.asked.size();
        probe.mostUnderWay = 0;
        scheduler.advance(INTERVAL);

        assertThat(probe.asked.size() - before).isBetween(9_000, 11_000);
        assertThat(probe.mostUnderWay).isLessThan(30);
    }

    /** All dead: each check lasts as long as it may, and there are not places enough for one each interval. */
    @Test
    void whoWaitsForAPlaceIsNotSuspectedMeanwhile() {
        CheckPlaces places = new CheckPlaces(1);
        EndpointState[] three = Endpoints.states(3);
        probe.behave(address(0), Behaviour.DEAD);
        probe.behave(address(1), Behaviour.DEAD);
        HealthMonitor monitor = new HealthMonitor(
                new CheckContext(
                        config("interval: 3s, timeout: 3s"), probe, scheduler, new SplittableRandom(1), places, counts),
                heard);
        List.of(three).forEach(monitor::add);
        scheduler.advance(Duration.ofMinutes(5));

        assertThat(probe.mostUnderWay).isOne();
        assertThat(heard.givenUp).containsExactlyInAnyOrder(three[0], three[1]);
        assertThat(three[2].standing().fit()).isTrue();
    }

    @Test
    void routersThatStartTogetherAreNotInStep() {
        monitor("");
        ScriptedProbe other = new ScriptedProbe(scheduler);
        HealthMonitor second = new HealthMonitor(
                new CheckContext(config(""), other, scheduler, new SplittableRandom(2), new CheckPlaces(1), counts),
                heard);
        second.add(Endpoints.states(1)[0]);
        scheduler.advance(Duration.ofMinutes(5));

        long together = probe.asked.stream()
                .filter(one -> other.asked.stream()
                        .anyMatch(two -> Math.abs(one.atNanos() - two.atNanos())
                                < Duration.ofMillis(50).toNanos()))
                .count();
        assertThat(together).isLessThan(10);
    }

    /** Its clock is ahead of what its timers know by what it stalled. */
    private static final class Stalling implements Scheduler {
        private final VirtualScheduler timers;
        private long stallNanos;

        Stalling(VirtualScheduler timers) {
            this.timers = timers;
        }

        @Override
        public void execute(Runnable task) {
            timers.execute(task);
        }

        @Override
        public Timer schedule(Runnable task, Duration delay) {
            return timers.schedule(task, delay);
        }

        @Override
        public long nanoTime() {
            return timers.nanoTime() + stallNanos;
        }

        @Override
        public Instant now() {
            return timers.now();
        }
    }

    private HealthMonitor monitor(String check) {
        return monitor(check, probe, new CheckPlaces(8), scheduler);
    }

    private HealthMonitor monitor(String check, HealthProbe asks, CheckPlaces places, Scheduler on) {
        HealthCheckConfig config = config(check);
        endpoint.standing(HealthMonitor.first(config));
        HealthMonitor monitor =
                new HealthMonitor(new CheckContext(config, asks, on, new SplittableRandom(1), places, counts), heard);
        monitor.add(endpoint);
        return monitor;
    }

    private static HealthCheckConfig config(String check) {
        return Configs.upstream("health-check: { " + check + " }").healthCheck().orElseThrow();
    }

    private Standing standing() {
        return endpoint.standing();
    }

    private List<Long> gaps() {
        return IntStream.range(1, probe.asked.size())
                .mapToObj(i ->
                        probe.asked.get(i).atNanos() - probe.asked.get(i - 1).atNanos())
                .toList();
    }
}
