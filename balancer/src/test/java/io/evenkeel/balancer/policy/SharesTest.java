package io.evenkeel.balancer.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SharesTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 100, 10_000})
    void everyPointBelongsToTheEndpointWhosePieceItIsIn(int size) {
        SplittableRandom random = new SplittableRandom(size);
        int[] weights = IntStream.range(0, size)
                .map(i -> random.nextBoolean() ? 1 : random.nextInt(1, 1_000))
                .toArray();
        weights[size / 2] = 1; // so that nothing divides all
        Shares shares = new Shares(weights);
        assertThat(shares.length()).isEqualTo(Arrays.stream(weights).sum());
        int point = 0;
        for (int i = 0; i < size; i++) {
            for (int within = 0; within < weights[i]; within++) {
                assertThat(shares.at(point++)).isEqualTo(i);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 30, 97, 1_000})
    void theWalkVisitsEveryPointOnce(int length) {
        int[] weights = length == 1 ? new int[] {1} : new int[] {1, length - 1};
        Shares shares = new Shares(weights);
        boolean[] visited = new boolean[length];
        int point = 0;
        for (int i = 0; i < length; i++) {
            assertThat(visited[point]).isFalse();
            visited[point] = true;
            point = shares.after(point);
        }
        assertThat(point).isZero();
    }

    @Test
    void weightsAreReducedByWhatDividesThemAll() {
        assertThat(new Shares(new int[] {20_000, 30_000}).length()).isEqualTo(5);
    }

    @Test
    void weightsThatDoNotFitAreScaledDownAndNobodyLosesAll() {
        int[] weights = new int[10_001];
        Arrays.fill(weights, WeightedEndpoints.MOST);
        weights[0] = 1;
        Shares shares = new Shares(weights);
        assertThat(shares.length()).isBetween(1 << 28, 1 << 30);
        assertThat(shares.at(0)).isZero();
        assertThat(shares.at(1)).isEqualTo(1);
        assertThat(shares.at(shares.length() - 1)).isEqualTo(10_000);
    }
}
