package io.evenkeel.proxy.overload;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.config.OverloadConfig;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.internal.PlatformDependent;
import org.junit.jupiter.api.Test;

class DirectMemoryPressureTest {

    @Test
    void buffersAtWorkCountAndWhatTheAllocatorKeepsBesidesDoesNot() {
        PooledByteBufAllocator allocator = new PooledByteBufAllocator(true);
        DirectMemoryPressure pressure = DirectMemoryPressure.of(allocator);
        assertThat(pressure.share(OverloadConfig.defaults())).isZero();
        ByteBuf buffer = allocator.directBuffer(1 << 20);
        double share = pressure.share(OverloadConfig.defaults());
        long keptBytes = allocator.metric().usedDirectMemory();
        buffer.release();

        assertThat(share * PlatformDependent.maxDirectMemory() * 0.95).isBetween((1 << 20) * 0.99, keptBytes / 2.0);
        assertThat(pressure.share(OverloadConfig.defaults())).isZero();
    }
}
