package io.evenkeel.proxy.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LatencyScaleTest {

    @ParameterizedTest
    @MethodSource("scales")
    void neighbouringBoundsAreLessThanTenPercentApart(LatencyScale scale) {
        for (int i = 1; i < scale.size(); i++) {
            assertThat((double) scale.boundNanos(i) / scale.boundNanos(i - 1)).isBetween(1.05, 1.1);
        }
    }

    @ParameterizedTest
    @MethodSource("scales")
    void aLabelIsItsBoundInSeconds(LatencyScale scale) {
        for (int i = 0; i < scale.size(); i++) {
            assertThat(Double.parseDouble(scale.label(i)) * 1e9)
                    .isCloseTo((double) scale.boundNanos(i), within(scale, i));
        }
    }

    static List<LatencyScale> scales() {
        return List.of(LatencyScale.DURATION, LatencyScale.ADDED);
    }

    private static Offset<Double> within(LatencyScale scale, int index) {
        return Offset.offset(scale.boundNanos(index) * 1e-12);
    }
}
