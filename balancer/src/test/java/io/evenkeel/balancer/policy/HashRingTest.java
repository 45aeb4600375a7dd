package io.evenkeel.balancer.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.balancer.Endpoints;
import io.evenkeel.balancer.endpoint.EndpointState;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HashRingTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 10, 333})
    void aKeyBelongsToTheFirstPointAtOrAfterIt(int size) {
        long[] seeds = seeds(Endpoints.states(size));
        HashRing ring = new HashRing(seeds, Policies.weighted(Endpoints.states(size)), 20);
        SplittableRandom random = new SplittableRandom(size);
        for (int i = 0; i < 1_000; i++) {
            long key = random.nextLong();
            assertThat(ring.at(ring.slot(key))).isEqualTo(ownerByHand(seeds, 20 * HashRing.POINTS_PER_NODE, key));
        }
    }

    @Test
    void anEndpointHasItsVirtualNodesPerUnitOfWeight() {
        EndpointState[] endpoints = Endpoints.weighted(1, 3);
        HashRing ring = new HashRing(seeds(endpoints), Policies.weighted(endpoints), 150);
        assertThat(ring.points(0)).isEqualTo(150L * HashRing.POINTS_PER_NODE);
        assertThat(ring.points(1)).isEqualTo(450L * HashRing.POINTS_PER_NODE);
    }

    @Test
    void theRingIsBoundedAndEverybodyKeepsAPlace() {
        EndpointState[] endpoints = Endpoints.states(10_000);
        endpoints[5].report(Endpoints.reported(5, 1_000, "", Map.of()));
        HashRing ring = new HashRing(seeds(endpoints), Policies.weighted(endpoints), 1_000);
        long heavy = ring.points(5);
        assertThat(heavy).isBetween(HashRing.MOST_POINTS / 30L, (long) HashRing.MOST_POINTS);
        assertThat(ring.points(6)).isBetween(heavy / 1_001, heavy / 900);
    }

    @Test
    void theWalkGoesAroundTheRing() {
        HashRing ring = new HashRing(seeds(Endpoints.states(1)), Policies.weighted(Endpoints.states(1)), 1);
        int slot = ring.slot(-1L);
        for (int i = 0; i < HashRing.POINTS_PER_NODE; i++) {
            slot = ring.after(slot);
        }
        assertThat(slot).isEqualTo(ring.slot(-1L));
    }

    /** The nearest point of all, found without sorting. Places are compared without the bits that name endpoints. */
    private static int ownerByHand(long[] seeds, int points, long key) {
        long from = key & ~((1L << 24) - 1);
        long nearest = -1;
        int owner = -1;
        for (int i = 0; i < seeds.length; i++) {
            for (int point = 1; point <= points; point++) {
                long place = Mix.of(seeds[i] + point * Mix.GOLDEN_GAMMA) & ~((1L << 24) - 1);
                if (owner < 0 || Long.compareUnsigned(place - from, nearest) < 0) {
                    nearest = place - from;
                    owner = i;
                }
            }
        }
        return owner;
    }

    private static long[] seeds(EndpointState... endpoints) {
        return Arrays.stream(endpoints)
                .mapToLong(endpoint -> Mix.of(endpoint.address()))
                .toArray();
    }
}
