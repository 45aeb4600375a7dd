package io.evenkeel.proxy.overload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.evenkeel.config.OverloadConfig;
import org.junit.jupiter.api.Test;

class DescriptorPressureTest {

    private static final OverloadConfig DEFAULTS = OverloadConfig.defaults();

    private long open = 380;
    private long connections = 100;
    private long upstream = 100;
    private int counts;

    private final DescriptorPressure pressure = new DescriptorPressure(
            new DescriptorPressure.Descriptors() {
                @Override
                public long open() {
                    counts++;
                    return open;
                }

                @Override
                public long max() {
                    return 1_000;
                }
            },
            () -> connections,
            () -> upstream);

    @Test
    void betweenTwoCountsTheyChangeAsTheConnectionsDo() {
        assertThat(pressure.share(DEFAULTS)).isCloseTo(0.4, within(1e-9));
        connections += 95;
        assertThat(pressure.share(DEFAULTS)).isCloseTo(0.5, within(1e-9));
        assertThat(counts).isOne();
    }

    @Test
    void aCountCorrectsWhatWasReckoned() {
        pressure.share(DEFAULTS);
        open = 95;
        for (int i = 0; i < DescriptorPressure.COUNT_EVERY; i++) {
            pressure.share(DEFAULTS);
        }

        assertThat(pressure.share(DEFAULTS)).isCloseTo(0.1, within(1e-9));
        assertThat(counts).isEqualTo(2);
    }

    @Test
    void aClientTakesTwo() {
        pressure.share(DEFAULTS);

        assertThat(pressure.room(DEFAULTS, 80)).isEqualTo((760 - 380) / 2);
    }

    @Test
    void soDoesOneThatHasNotTakenTheSecondYet() {
        upstream = 40;
        pressure.share(DEFAULTS);

        assertThat(pressure.room(DEFAULTS, 80)).isEqualTo((760 - 380 - 60) / 2);
    }

    @Test
    void theProcessHasSome() {
        DescriptorPressure.Descriptors own = DescriptorPressure.ofProcess();

        assertThat(own.open()).isBetween(1L, own.max());
    }
}
