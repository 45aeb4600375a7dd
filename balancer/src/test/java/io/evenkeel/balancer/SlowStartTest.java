package io.evenkeel.balancer;

import static io.evenkeel.balancer.Endpoints.address;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.balancer.endpoint.Drain;
import io.evenkeel.balancer.endpoint.EndpointState;
import io.evenkeel.balancer.endpoint.Standing;
import io.evenkeel.balancer.endpoint.Standing.Health;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SlowStartTest {

    private static final String TEN_SECONDS = "balancer: { policy: round-robin, slow-start: 10s }";

    private final TestUpstream test = new TestUpstream(TEN_SECONDS);

    @Test
    void theFirstEndpointsGetTheirShareAtOnce() {
        test.with(3);
        assertThat(test.picks(30)).isEqualTo(Map.of(0, 10, 1, 10, 2, 10));
        assertThat(test.scheduler.waitingTasks()).isZero();
    }

    @Test
    void theFirstEndpointsAreThoseOfTheFirstSetThatIsNotEmpty() {
        test.with(0).with(3);
        assertThat(test.scheduler.waitingTasks()).isZero();
    }

    @Test
    void theShareOfANewOneGrowsToAllOfItWithinTheTimeAndNothingIsDueAfterwards() {
        test.with(2).with(3);
        assertThat(test.picks(2_100)).isEqualTo(Map.of(0, 1_000, 1, 1_000, 2, 100));
        test.pass(Duration.ofSeconds(5));
        assertThat(test.picks(2_500)).isEqualTo(Map.of(0, 1_000, 1, 1_000, 2, 500));
        test.pass(Duration.ofSeconds(5));
        assertThat(test.picks(3_000)).isEqualTo(Map.of(0, 1_000, 1, 1_000, 2, 1_000));
        assertThat(test.scheduler.waitingTasks()).isZero();
    }

    @Test
    void oneThatRecoversOrIsTakenBackFromADrainRampsToo() {
        test.with(3);
        test.fail(0);
        test.upstream.drain(address(1));
        test.recover(0);
        test.upstream.undrain(address(1));
        assertThat(test.picks(120)).isEqualTo(Map.of(0, 10, 1, 10, 2, 100));
    }

    @Test
    void oneThatReturnsRampsAnew() {
        test.with(2);
        test.with(1);
        test.with(2);
        assertThat(test.picks(110)).isEqualTo(Map.of(0, 100, 1, 10));
    }

    @Test
    void aFirstEndpointThatBecomesFitLaterDoesNotRampTheFirstTime() {
        SlowStart slowStart = new SlowStart();
        EndpointState[] endpoints = Endpoints.states(2);
        endpoints[1].standing(Standing.UNCHECKED.with(Health.UNHEALTHY, "", 0, 100, false));
        slowStart.look(List.of(endpoints), Duration.ofSeconds(10), 1);
        endpoints[1].standing(Standing.UNCHECKED);
        slowStart.look(List.of(endpoints), Duration.ofSeconds(10), 2);
        assertThat(slowStart.ramping()).isFalse();
        endpoints[1].drain(Drain.NONE.byOperator(true, 0));
        slowStart.look(List.of(endpoints), Duration.ofSeconds(10), 3);
        endpoints[1].drain(Drain.NONE);
        slowStart.look(List.of(endpoints), Duration.ofSeconds(10), 4);
        assertThat(slowStart.percent(endpoints[1], Duration.ofSeconds(10), 4)).isEqualTo(10);
    }

    @Test
    void withoutSlowStartNobodyRamps() {
        TestUpstream atOnce = new TestUpstream("balancer: { policy: round-robin }").with(2);
        atOnce.with(3);
        assertThat(atOnce.picks(30)).isEqualTo(Map.of(0, 10, 1, 10, 2, 10));
        assertThat(atOnce.scheduler.waitingTasks()).isZero();
    }

    @Test
    void aReloadThatBringsSlowStartLeavesThoseThatAreThereAlone() {
        TestUpstream reloaded = new TestUpstream("balancer: { policy: round-robin }").with(3);
        reloaded.upstream.configure(Configs.upstream(TEN_SECONDS));
        assertThat(reloaded.picks(30)).isEqualTo(Map.of(0, 10, 1, 10, 2, 10));
    }

    @Test
    void snapshotsAreAtMostTenASecond() {
        TestUpstream quick = new TestUpstream("balancer: { policy: round-robin, slow-start: 200ms }").with(1);
        quick.with(2);
        int snapshots = 0;
        UpstreamSnapshot last = quick.upstream.snapshot();
        for (int milli = 0; milli < 200; milli++) {
            quick.pass(Duration.ofMillis(1));
            snapshots += quick.upstream.snapshot() == last ? 0 : 1;
            last = quick.upstream.snapshot();
        }
        assertThat(snapshots).isEqualTo(2);
    }
}
