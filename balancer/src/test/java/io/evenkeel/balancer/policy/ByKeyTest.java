package io.evenkeel.balancer.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.evenkeel.balancer.Endpoints;
import io.evenkeel.balancer.endpoint.EndpointState;
import io.evenkeel.balancer.endpoint.Permit;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every policy that hashes. */
class ByKeyTest extends LoadBalancerContract {

    private static final int KEYS = 100_000;

    private static final String RING = "policy: ring-hash, key: { header: x }, bound-percent: 0";
    private static final String MAGLEV = "policy: maglev, key: { header: x }, bound-percent: 0";
    private static final String BOUNDED_RING = "policy: ring-hash, key: { header: x }, bound-percent: 125";
    private static final String BOUNDED_MAGLEV = "policy: maglev, key: { header: x }, bound-percent: 125";

    /** Without keys, as the contract picks, the fallback decides. */
    @Override
    LoadBalancer balancer(EndpointState... endpoints) {
        return Policies.of(RING, endpoints);
    }

    @ParameterizedTest
    @ValueSource(strings = {RING, MAGLEV})
    void tenEndpointsGetTenPercentOfTheKeysEachWithinATenthOfIt(String policy) {
        for (int set = 0; set < 40; set++) {
            EndpointState[] endpoints = numbered(set * 37, 10);
            Map<EndpointState, Integer> keys = keysOf(Policies.of(policy, endpoints));
            assertThat(keys).hasSize(10);
            assertThat(keys.values()).as("set %s", set).allSatisfy(share -> assertThat(share)
                    .isBetween(KEYS * 9 / 100, KEYS * 11 / 100));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {RING, MAGLEV})
    void theOneThatIsAddedToNineGetsItsTenthAndFewOtherKeysMove(String policy) {
        for (int set = 0; set < 40; set++) {
            EndpointState[] ten = numbered(set * 37, 10);
            LoadBalancer before = Policies.of(policy, Arrays.copyOf(ten, 9));
            LoadBalancer after = Policies.of(policy, ten);
            int moved = 0;
            for (long key = 1; key <= KEYS; key++) {
                moved += pick(before, key) == pick(after, key) ? 0 : 1;
            }
            assertThat(moved).as("set %s", set).isBetween(KEYS * 9 / 100, KEYS * 12 / 100);
        }
    }

    @Test
    void onARingOnlyKeysOfTheOneThatIsAddedMove() {
        EndpointState[] ten = numbered(0, 10);
        LoadBalancer before = Policies.of(RING, Arrays.copyOf(ten, 9));
        LoadBalancer after = Policies.of(RING, ten);
        for (long key = 1; key <= KEYS; key++) {
            assertThat(pick(after, key)).isIn(pick(before, key), ten[9]);
        }
    }

    @Test
    void onARingOnlyKeysOfTheOneWhoseWeightFallsMove() {
        EndpointState[] endpoints = numbered(0, 10);
        LoadBalancer before = Policies.of(RING, endpoints);
        endpoints[3].report(Endpoints.reported(3, 2, "", Map.of()));
        LoadBalancer after = Policies.of(RING, endpoints);
        for (long key = 1; key <= KEYS; key++) {
            assertThat(pick(after, key)).isIn(pick(before, key), endpoints[3]);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {RING, MAGLEV})
    void keysSpreadByWeight(String policy) {
        EndpointState[] endpoints = Endpoints.weighted(1, 2, 3, 4, 10);
        Map<EndpointState, Integer> keys = keysOf(Policies.of(policy, endpoints));
        for (EndpointState endpoint : endpoints) {
            double fair = KEYS * endpoint.weight() / 20.0;
            assertThat((double) keys.getOrDefault(endpoint, 0)).isBetween(fair * 0.9, fair * 1.1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {RING, MAGLEV})
    void theOrderInWhichEndpointsAreReportedDoesNotMatter(String policy) {
        EndpointState[] endpoints = Weights.cycling(Endpoints.states(50));
        List<EndpointState> shuffled = new ArrayList<>(List.of(endpoints));
        Collections.shuffle(shuffled, new Random(1));
        LoadBalancer one = Policies.of(policy, endpoints);
        LoadBalancer other = Policies.of(policy, shuffled.toArray(EndpointState[]::new));
        for (long key = 1; key <= 10_000; key++) {
            assertThat(pick(one, key)).isSameAs(pick(other, key));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {RING + "|2", RING + "|40", MAGLEV + "|2", MAGLEV + "|40"})
    void furtherAttemptsWalkOnTheSameWayUntilNobodyIsLeft(String policy, int size) {
        EndpointState[] endpoints = Weights.cycling(Endpoints.states(size));
        LoadBalancer balancer = Policies.of(policy, endpoints);
        for (long key = 1; key <= 100; key++) {
            List<EndpointState> walk = walk(balancer, key, Math.min(size, 10));
            assertThat(walk).doesNotHaveDuplicates().isEqualTo(walk(balancer, key, walk.size()));
        }
        EndpointState home = pick(balancer, 5);
        assertThat(balancer.pick(state, 5, Endpoints.tried(Arrays.copyOf(endpoints, Math.min(size, 2)))))
                .isNotNull();
        assertThat(pick(balancer, 5)).isSameAs(home);
    }

    @ParameterizedTest
    @ValueSource(strings = {RING, MAGLEV})
    void aFeatherweightIsFoundWhenTheHeavyOneWasTried(String policy) {
        EndpointState[] endpoints = Endpoints.weighted(1_000, 1);
        LoadBalancer balancer = Policies.of(policy, endpoints);
        for (long key = 1; key <= 1_000; key++) {
            assertThat(balancer.pick(state, key, Endpoints.tried(endpoints[0]))).isSameAs(endpoints[1]);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {BOUNDED_RING + "|6", BOUNDED_MAGLEV + "|6", BOUNDED_RING + "|16", BOUNDED_MAGLEV + "|16"})
    void noEndpointHasMoreInFlightThanItsBoundAllows(String policy, int size) {
        EndpointState[] endpoints = Weights.cycling(Endpoints.states(size));
        LoadBalancer balancer = Policies.of(policy, endpoints);
        int weights = Arrays.stream(endpoints).mapToInt(EndpointState::weight).sum();
        for (int inFlight = 1; inFlight <= 2_000; inFlight++) {
            EndpointState picked = pick(balancer, 1 + inFlight % 3); // three hot keys
            new Permit().begin(picked);
            assertThat(picked.inFlight())
                    .isLessThanOrEqualTo((int) Math.ceil(1.25 * inFlight * picked.weight() / weights + 1e-9));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {BOUNDED_RING, BOUNDED_MAGLEV})
    void amongManyEndpointsAHotKeySpreadsToo(String policy) {
        EndpointState[] endpoints = Endpoints.states(100);
        LoadBalancer balancer = Policies.of(policy, endpoints);
        for (int i = 0; i < 10_000; i++) {
            new Permit().begin(pick(balancer, 77));
        }
        assertThat(endpoints).allSatisfy(each -> assertThat(each.inFlight()).isLessThanOrEqualTo(150));
    }

    @ParameterizedTest
    @ValueSource(strings = {BOUNDED_RING, BOUNDED_MAGLEV})
    void aKeyIsAtHomeAgainWhenItsEndpointHasRoomAgain(String policy) {
        EndpointState[] endpoints = Endpoints.states(6);
        LoadBalancer balancer = Policies.of(policy, endpoints);
        EndpointState home = pick(balancer, 9);
        Permit[] busy = IntStream.range(0, 10).mapToObj(i -> new Permit()).toArray(Permit[]::new);
        for (Permit permit : busy) {
            permit.begin(home);
        }
        EndpointState meanwhile = pick(balancer, 9);
        assertThat(meanwhile).isNotSameAs(home).isSameAs(pick(balancer, 9));
        for (Permit permit : busy) {
            permit.success(-1);
        }
        assertThat(pick(balancer, 9)).isSameAs(home);
    }

    @ParameterizedTest
    @ValueSource(strings = {RING, MAGLEV, BOUNDED_RING, BOUNDED_MAGLEV})
    void pickingByKeyAllocatesNothing(String policy) {
        LoadBalancer balancer = Policies.of(policy, Endpoints.states(1_000));
        for (long key = 1; key <= 20_000; key++) {
            pick(balancer, key);
        }
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        for (long key = 1; key <= 100_000; key++) {
            pick(balancer, key);
        }
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(100_000);
    }

    private static EndpointState[] numbered(int first, int count) {
        return IntStream.range(first, first + count)
                .mapToObj(i -> new EndpointState(Endpoints.reported(i)))
                .toArray(EndpointState[]::new);
    }

    private Map<EndpointState, Integer> keysOf(LoadBalancer balancer) {
        Map<EndpointState, Integer> keys = new HashMap<>();
        for (long key = 1; key <= KEYS; key++) {
            keys.merge(pick(balancer, key), 1, Integer::sum);
        }
        return keys;
    }

    private List<EndpointState> walk(LoadBalancer balancer, long key, int attempts) {
        Tried tried = new Tried();
        List<EndpointState> walk = new ArrayList<>();
        for (int i = 0; i < attempts; i++) {
            EndpointState picked = Objects.requireNonNull(balancer.pick(state, key, tried));
            walk.add(picked);
            tried.add(picked);
        }
        return walk;
    }

    private EndpointState pick(LoadBalancer balancer, long key) {
        return Objects.requireNonNull(balancer.pick(state, key, Endpoints.UNTRIED));
    }
}
