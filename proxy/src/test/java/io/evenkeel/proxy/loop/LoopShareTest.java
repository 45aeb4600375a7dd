package io.evenkeel.proxy.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoopShareTest {

    @ParameterizedTest
    @CsvSource({"0, 3", "1, 16", "15, 2", "15, 16", "17, 16", "1000, 7"})
    void partsAreEvenAndAddUpToTheTotal(int total, int loops) {
        int[] parts = IntStream.range(0, loops)
                .map(index -> new LoopShare(index, loops).of(total))
                .toArray();
        assertThat(IntStream.of(parts).sum()).isEqualTo(total);
        assertThat(IntStream.of(parts).max().orElseThrow()
                        - IntStream.of(parts).min().orElseThrow())
                .isLessThanOrEqualTo(1);
    }
}
