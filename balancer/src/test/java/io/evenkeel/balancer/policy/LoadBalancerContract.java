package io.evenkeel.balancer.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.evenkeel.balancer.Endpoints;
import io.evenkeel.balancer.endpoint.EndpointState;
import io.evenkeel.balancer.endpoint.Permit;
import java.lang.management.ManagementFactory;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every policy. */
abstract class LoadBalancerContract {

    final PickState state = new PickState(42);

    abstract LoadBalancer balancer(EndpointState... endpoints);

    @Test
    void anEmptyUpstreamHasNothingToPick() {
        assertThat(balancer().pick(state, LoadBalancer.NO_KEY, Endpoints.UNTRIED))
                .isNull();
    }

    @Test
    void theOnlyEndpointIsPickedEvenIfItIsToBeAvoided() {
        EndpointState[] one = Endpoints.states(1);
        assertThat(balancer(one).pick(state, LoadBalancer.NO_KEY, Endpoints.UNTRIED))
                .isSameAs(one[0]);
        assertThat(balancer(one).pick(state, LoadBalancer.NO_KEY, Endpoints.tried(one[0])))
                .isSameAs(one[0]);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 6, 16, 17, 18, 100})
    void theEndpointToAvoidIsNeverPickedWhileThereIsAnother(int size) {
        EndpointState[] endpoints = Endpoints.states(size);
        LoadBalancer balancer = balancer(endpoints);
        SplittableRandom random = new SplittableRandom(size);
        for (int i = 0; i < 10_000; i++) {
            EndpointState avoid = endpoints[random.nextInt(size)];
            assertThat(balancer.pick(state, LoadBalancer.NO_KEY, Endpoints.tried(avoid)))
                    .isNotNull()
                    .isNotSameAs(avoid);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 6, 16, 17, 100})
    void everyEndpointGetsItsTurn(int size) {
        EndpointState[] endpoints = Endpoints.states(size);
        LoadBalancer balancer = balancer(endpoints);
        Set<EndpointState> picked = new HashSet<>();
        for (int i = 0; i < size * 50; i++) {
            picked.add(balancer.pick(state, LoadBalancer.NO_KEY, Endpoints.UNTRIED));
        }
        assertThat(picked).containsExactlyInAnyOrderElementsOf(List.of(endpoints));
    }

    @ParameterizedTest
    @ValueSource(ints = {6, 1_000})
    void pickingAllocatesNothing(int size) {
        EndpointState[] endpoints = Endpoints.states(size);
        LoadBalancer balancer = balancer(endpoints);
        Permit permit = new Permit();
        pickMany(balancer, permit, 20_000);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        pickMany(balancer, permit, 100_000);
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(100_000);
    }

    @Test
    void oneStateServesSnapshotsOfAllSizes() {
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 1_000; i++) {
            EndpointState[] endpoints = Endpoints.states(1 + random.nextInt(40));
            assertThat(balancer(endpoints).pick(state, LoadBalancer.NO_KEY, Endpoints.UNTRIED))
                    .isIn((Object[]) endpoints);
        }
    }

    private void pickMany(LoadBalancer balancer, Permit permit, int times) {
        for (int i = 0; i < times; i++) {
            EndpointState picked = balancer.pick(state, LoadBalancer.NO_KEY, Endpoints.UNTRIED);
            if (picked != null) {
                permit.begin(picked);
                permit.success(-1);
            }
        }
    }
}
