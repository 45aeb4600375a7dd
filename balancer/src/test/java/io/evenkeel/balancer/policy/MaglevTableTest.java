package io.evenkeel.balancer.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.balancer.Endpoints;
import io.evenkeel.balancer.endpoint.EndpointState;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MaglevTableTest {

    @ParameterizedTest
    @CsvSource({"1, 65537", "2621, 65537", "2622, 262147", "10000, 262147", "10486, 1048583"})
    void theTableIsPrimeAndHasRoomForAll(int endpoints, int size) {
        assertThat(MaglevTable.size(endpoints)).isEqualTo(size);
        assertThat(BigInteger.valueOf(size).isProbablePrime(50)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 10, 1_000})
    void equalEndpointsHaveAsManySlotsAsTheOthersGiveOrTakeOne(int size) {
        int[] slots = slots(Endpoints.states(size));
        int fair = MaglevTable.size(size) / size;
        assertThat(Arrays.stream(slots).min().orElseThrow()).isGreaterThanOrEqualTo(fair);
        assertThat(Arrays.stream(slots).max().orElseThrow()).isLessThanOrEqualTo(fair + 1);
    }

    @Test
    void slotsAreSharedByWeight() {
        int[] weights = {1, 2, 7, 90, 900};
        int[] slots = slots(Endpoints.weighted(weights));
        for (int i = 0; i < weights.length; i++) {
            double fair = 65_537 * weights[i] / 1_000.0;
            assertThat((double) slots[i]).isBetween(fair - 4, fair + 4);
        }
    }

    @Test
    void theLightestOfAllHasASlot() {
        EndpointState[] endpoints = Endpoints.states(2);
        int[] slots = slots(WeightedEndpoints.of(Arrays.asList(endpoints), new int[] {1, WeightedEndpoints.MOST}));
        assertThat(slots[0]).isOne();
    }

    @Test
    void everySlotIsReachedByKeys() {
        MaglevTable table = table(Policies.weighted(Endpoints.states(3)));
        assertThat(table.slot(0)).isZero();
        assertThat(table.slot(-1)).isEqualTo(65_536);
        assertThat(table.slot(Long.MIN_VALUE)).isEqualTo(32_768);
        assertThat(table.after(65_536)).isZero();
    }

    private static int[] slots(EndpointState... endpoints) {
        return slots(Policies.weighted(endpoints));
    }

    private static int[] slots(WeightedEndpoints weighted) {
        MaglevTable table = table(weighted);
        int[] slots = new int[weighted.size()];
        IntStream.range(0, MaglevTable.size(weighted.size())).forEach(slot -> slots[table.at(slot)]++);
        return slots;
    }

    private static MaglevTable table(WeightedEndpoints weighted) {
        return new MaglevTable(
                Arrays.stream(weighted.endpoints())
                        .mapToLong(endpoint -> Mix.of(endpoint.address()))
                        .toArray(),
                weighted);
    }
}
