package io.evenkeel.proxy.overload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.evenkeel.config.OverloadConfig;
import org.junit.jupiter.api.Test;

class HeapPressureTest {

    private static final OverloadConfig DEFAULTS = OverloadConfig.defaults();

    private final FakeHeap heap = new FakeHeap();
    private long now;
    private final HeapPressure pressure = new HeapPressure(heap, () -> now);

    private static final class FakeHeap implements HeapPressure.Heap {

        private long used;
        private long collections;
        private int asked;

        @Override
        public long usedBytes() {
            return used;
        }

        @Override
        public long maxBytes() {
            return 1_000;
        }

        @Override
        public long collections() {
            return collections;
        }

        @Override
        public void collect() {
            asked++;
            collections++;
        }
    }

    @Test
    void theLimitIsAShareOfTheHeap() {
        heap.used = 475;

        assertThat(pressure.share(DEFAULTS)).isCloseTo(0.5, within(1e-9));
    }

    @Test
    void aCollectionIsAskedForWhenThereWasNoneForLongAndItKeepsAnActionInForce() {
        heap.used = 900;
        pressure.share(DEFAULTS);
        now = HeapPressure.ASK_NANOS - 1;
        pressure.share(DEFAULTS);
        assertThat(heap.asked).isZero();

        now = HeapPressure.ASK_NANOS;
        pressure.share(DEFAULTS);
        pressure.share(DEFAULTS);
        assertThat(heap.asked).isOne();
    }

    @Test
    void noCollectionIsAskedForWithoutNeedOrWhileThereAreSome() {
        heap.used = 100;
        pressure.share(DEFAULTS);
        now = 2 * HeapPressure.ASK_NANOS;
        pressure.share(DEFAULTS);
        heap.used = 950;
        heap.collections++;
        pressure.share(DEFAULTS);

        assertThat(heap.asked).isZero();
    }

    @Test
    void theJvmTellsOfItsOldGeneration() {
        JvmHeap real = new JvmHeap();
        real.collect();

        assertThat(real.collections()).isPositive();
        assertThat(real.usedBytes()).isBetween(1L, real.maxBytes());
    }
}
