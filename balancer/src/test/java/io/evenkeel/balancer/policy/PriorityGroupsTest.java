package io.evenkeel.balancer.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.balancer.Endpoints;
import io.evenkeel.balancer.endpoint.EndpointState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriorityGroupsTest extends LoadBalancerContract {

    private static final int PICKS = 100_000;

    private final EndpointState[] endpoints = Endpoints.states(3);

    /** Even and odd ones, both half fit. */
    @Override
    LoadBalancer balancer(EndpointState... all) {
        List<EndpointState> even = new ArrayList<>();
        List<EndpointState> odd = new ArrayList<>();
        for (int i = 0; i < all.length; i++) {
            (i % 2 == 0 ? even : odd).add(all[i]);
        }
        return new PriorityGroups(List.of(group(0.5, even), group(0.5, odd)));
    }

    /** Shares of the traffic in per cent, by how much of each group is fit. */
    @ParameterizedTest
    @CsvSource({
        "1.00, 1.0, 1.0, 100,  0,  0",
        "0.72, 1.0, 1.0, 100,  0,  0",
        "0.50, 1.0, 1.0,  70, 30,  0",
        "0.25, 0.5, 1.0,  35, 65,  0",
        "0.25, 0.4, 1.0,  35, 56,  9",
        "0.00, 1.0, 1.0,   0, 100, 0",
        "0.10, 0.1, 0.3,  20, 20, 60",
    })
    void trafficMovesOnAsGroupsFail(double one, double two, double three, int first, int second, int third) {
        Map<EndpointState, Integer> picks = picks(new PriorityGroups(List.of(
                group(one, List.of(endpoints[0])),
                group(two, List.of(endpoints[1])),
                group(three, List.of(endpoints[2])))));
        assertThat(percent(picks, 0)).isBetween(first - 1.0, first + 1.0);
        assertThat(percent(picks, 1)).isBetween(second - 1.0, second + 1.0);
        assertThat(percent(picks, 2)).isBetween(third - 1.0, third + 1.0);
    }

    @Test
    void aGroupWithoutEndpointsIsPassedOver() {
        LoadBalancer groups = new PriorityGroups(List.of(group(0, List.of()), group(1, List.of(endpoints[1]))));
        assertThat(picks(groups)).containsOnlyKeys(endpoints[1]);
    }

    @Test
    void whenAllOfAGroupWereTriedTheNextServes() {
        LoadBalancer groups =
                new PriorityGroups(List.of(group(1, List.of(endpoints[0])), group(1, List.of(endpoints[1]))));
        assertThat(groups.pick(state, LoadBalancer.NO_KEY, Endpoints.tried(endpoints[0])))
                .isSameAs(endpoints[1]);
        assertThat(groups.pick(state, LoadBalancer.NO_KEY, Endpoints.tried(endpoints[0], endpoints[1])))
                .isNotNull();
    }

    @Test
    void aKeyStaysInItsGroup() {
        LoadBalancer groups =
                new PriorityGroups(List.of(group(0.5, List.of(endpoints[0])), group(1, List.of(endpoints[1]))));
        int first = 0;
        for (long key = 1; key <= 1_000; key++) {
            EndpointState picked = groups.pick(state, key, Endpoints.UNTRIED);
            for (int i = 0; i < 5; i++) {
                assertThat(groups.pick(state, key, Endpoints.UNTRIED)).isSameAs(picked);
            }
            first += picked == endpoints[0] ? 1 : 0;
        }
        assertThat(first).isBetween(650, 750);
    }

    private static PriorityGroups.Group group(double fitShare, List<EndpointState> group) {
        return new PriorityGroups.Group(
                Policies.of("policy: round-robin", group.toArray(EndpointState[]::new)), fitShare);
    }

    private Map<EndpointState, Integer> picks(LoadBalancer balancer) {
        Map<EndpointState, Integer> picks = new HashMap<>();
        for (int i = 0; i < PICKS; i++) {
            picks.merge(
                    Objects.requireNonNull(balancer.pick(state, LoadBalancer.NO_KEY, Endpoints.UNTRIED)),
                    1,
                    Integer::sum);
        }
        return picks;
    }

    private double percent(Map<EndpointState, Integer> picks, int endpoint) {
        return picks.getOrDefault(endpoints[endpoint], 0) * 100.0 / PICKS;
    }
}
