package io.evenkeel.proxy.overload;

import io.evenkeel.config.OverloadConfig;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.internal.PlatformDependent;
import java.util.function.LongSupplier;

/**
 * The memory of network buffers at work. What the allocator keeps for reuse is not pressure: new buffers go there first, and it is hardly ever given back.
 */
final class DirectMemoryPressure implements Pressure {

    private static final double PERCENT = 100;

    private final LongSupplier usedBytes;
    private final long maxBytes;

    DirectMemoryPressure(LongSupplier usedBytes, long maxBytes) {
        this.usedBytes = usedBytes;
        this.maxBytes = maxBytes;
    }

    /** What this allocator has handed out, of what the JVM allows ({@code -XX:MaxDirectMemorySize}). */
    static DirectMemoryPressure of(PooledByteBufAllocator allocator) {
        return new DirectMemoryPressure(allocator::pinnedDirectMemory, PlatformDependent.maxDirectMemory());
    }

    @Override
    public double share(OverloadConfig limits) {
        return usedBytes.getAsLong() * PERCENT / ((double) maxBytes * limits.directMemoryPercent());
    }
}
