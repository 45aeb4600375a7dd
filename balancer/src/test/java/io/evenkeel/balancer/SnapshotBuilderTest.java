package io.evenkeel.balancer;

import static io.evenkeel.balancer.Endpoints.address;
import static io.evenkeel.balancer.Endpoints.reported;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.balancer.endpoint.Permit;
import io.evenkeel.balancer.endpoint.Standing;
import io.evenkeel.balancer.endpoint.Standing.Health;
import io.evenkeel.balancer.policy.LeastConnections;
import io.evenkeel.balancer.policy.LoadBalancer;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotBuilderTest {

    private static final Map<String, String> PRIMARY = Map.of("role", "primary");
    private static final Map<String, String> BACKUP = Map.of("role", "backup");
    private static final String PRIORITIES = "balancer: { priorities: [{ role: primary }, { role: backup }] }";

    @Test
    void whatIsUnfitOrDrainsGetsNothing() {
        TestUpstream test = new TestUpstream("balancer: { policy: round-robin }").with(6);
        test.fail(1);
        test.eject(2);
        test.upstream.drain(address(3));
        assertThat(test.picks(30)).isEqualTo(Map.of(0, 10, 4, 10, 5, 10));
        assertThat(test.upstream.snapshot().panicking()).isFalse();
    }

    @Test
    void weightIsWhatWasReportedTimesWhatHealthLeavesOfIt() {
        TestUpstream test = new TestUpstream("balancer: { policy: round-robin }")
                .with(reported(0, 4, "", Map.of()), reported(1, 2, "", Map.of()), reported(2, 2, "", Map.of()));
        test.endpoint(2).standing(Standing.UNCHECKED.with(Health.HEALTHY, "", 5, 50, true));
        test.refresh();
        assertThat(test.picks(70)).isEqualTo(Map.of(0, 40, 1, 20, 2, 10));
    }

    @Test
    void equalWeightsCostNothingMore() {
        TestUpstream test = new TestUpstream("").with(reported(0, 7, "", Map.of()), reported(1, 7, "", Map.of()));
        assertThat(test.upstream.snapshot().balancer()).isInstanceOf(LeastConnections.class);
    }

    @ParameterizedTest
    @CsvSource({"50, 3, false", "50, 4, true", "0, 6, false", "100, 1, true", "67, 2, true", "66, 2, false"})
    void belowThePanicThresholdHealthIsIgnored(int percent, int unfit, boolean panics) {
        TestUpstream test =
                new TestUpstream("balancer: { policy: round-robin, panic-percent: " + percent + " }").with(6);
        for (int i = 0; i < unfit; i++) {
            test.fail(i);
        }
        assertThat(test.upstream.snapshot().panicking()).isEqualTo(panics);
        assertThat(test.picks(60)).hasSize(panics ? 6 : 6 - unfit);
        test.recover(0, 1, 2, 3, 4, 5);
        assertThat(test.upstream.snapshot().panicking()).isFalse();
    }

    @Test
    void thoseThatDrainDoNotCountTowardsPanicAndGetNothingInIt() {
        TestUpstream test = new TestUpstream("balancer: { policy: round-robin }").with(6);
        test.fail(0, 1);
        test.upstream.drain(address(4));
        test.upstream.drain(address(5));
        assertThat(test.upstream.snapshot().panicking()).isFalse();
        test.fail(2);
        assertThat(test.upstream.snapshot().panicking()).isTrue();
        assertThat(test.picks(40)).isEqualTo(Map.of(0, 10, 1, 10, 2, 10, 3, 10));
    }

    @Test
    void anUpstreamWithoutEndpointsDoesNotPanic() {
        TestUpstream test = new TestUpstream("").with(0);
        assertThat(test.upstream.snapshot().panicking()).isFalse();
        assertThat(test.picks(3)).isEmpty();
    }

    @Test
    void thePreferredGroupServesUntilItFailsAndItsShareMovesOnGradually() {
        TestUpstream test = new TestUpstream(PRIORITIES)
                .with(
                        reported(0, 1, "", PRIMARY),
                        reported(1, 1, "", PRIMARY),
                        reported(2, 1, "", PRIMARY),
                        reported(3, 1, "", PRIMARY),
                        reported(4, 1, "", BACKUP),
                        reported(5, 1, "", Map.of()));
        assertThat(test.picks(100)).containsOnlyKeys(0, 1, 2, 3);
        test.fail(0, 1);
        assertThat(test.picks(10_000).get(4)).isBetween(2_700, 3_300);
        test.fail(2, 3);
        assertThat(test.upstream.snapshot().panicking())
                .as("the backup can take it all")
                .isFalse();
        assertThat(test.picks(100)).containsOnlyKeys(4);
        test.fail(4);
        assertThat(test.picks(100)).containsOnlyKeys(5);
        test.fail(5);
        assertThat(test.upstream.snapshot().panicking()).isTrue();
        assertThat(test.picks(100)).containsOnlyKeys(0, 1, 2, 3);
    }

    @Test
    void theOwnNodeComesFirstThenTheOwnZone() {
        TestUpstream test = new TestUpstream("balancer: { locality: { prefer: node } }")
                .with(
                        reported(0, 1, "n1", Map.of("zone", "a")),
                        reported(1, 1, "n2", Map.of("zone", "a")),
                        reported(2, 1, "n3", Map.of("zone", "b")));
        assertThat(test.picks(10)).containsOnlyKeys(0);
        test.fail(0);
        assertThat(test.picks(10)).containsOnlyKeys(1);
        Endpoints.busy(test.endpoint(1), 10);
        assertThat(test.picks(10)).containsOnlyKeys(2);
    }

    @Test
    void aZoneMayGoByAnotherTag() {
        TestUpstream test = new TestUpstream("balancer: { locality: { prefer: zone, zone-tag: rack } }")
                .with(reported(0, 1, "n1", Map.of("zone", "a")), reported(1, 1, "n2", Map.of("rack", "a")));
        assertThat(test.picks(10)).containsOnlyKeys(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ring-hash", "maglev"})
    void whatDidNotChangeIsNotBuiltAnew(String policy) {
        TestUpstream test = new TestUpstream("balancer: { policy: " + policy + ", key: { header: x } }").with(10);
        LoadBalancer before = test.upstream.snapshot().balancer();
        test.refresh();
        assertThat(test.upstream.snapshot().balancer()).isSameAs(before);
        test.fail(3);
        assertThat(test.upstream.snapshot().balancer()).isNotSameAs(before);
    }

    @Test
    void latenciesReachThePolicyAndOutliveSnapshots() {
        TestUpstream test = new TestUpstream("balancer: { policy: peak-ewma }").with(2);
        attempt(test, 0, 100);
        attempt(test, 1, 1);
        assertThat(test.picks(20)).isEqualTo(Map.of(1, 20));
        test.with(3);
        attempt(test, 2, 100);
        assertThat(test.picks(20)).isEqualTo(Map.of(1, 20));
    }

    @Test
    void anotherPolicyStopsObserving() {
        TestUpstream test = new TestUpstream("balancer: { policy: peak-ewma }").with(2);
        test.upstream.configure(Configs.upstream("balancer: { policy: round-robin }"));
        attempt(test, 0, 100);
        test.upstream.configure(Configs.upstream("balancer: { policy: peak-ewma }"));
        attempt(test, 1, 1);
        assertThat(test.picks(1)).as("nothing is known of it").isEqualTo(Map.of(0, 1));
    }

    private static void attempt(TestUpstream test, int number, long millis) {
        Permit permit = new Permit();
        permit.begin(test.endpoint(number));
        permit.success(millis * 1_000_000);
    }
}
