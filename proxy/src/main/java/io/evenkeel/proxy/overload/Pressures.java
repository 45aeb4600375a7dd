package io.evenkeel.proxy.overload;

import io.evenkeel.proxy.telemetry.Side;
import io.evenkeel.proxy.telemetry.Telemetry;
import io.netty.buffer.PooledByteBufAllocator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;

/** Everything that is watched. */
public final class Pressures {

    private Pressures() {}

    /** The resources of this process. */
    public static Map<Resource, Pressure> ofProcess(List<? extends Executor> loops, Telemetry telemetry) {
        Map<Resource, Pressure> all = new EnumMap<>(Resource.class);
        all.put(Resource.HEAP, new HeapPressure(new JvmHeap(), System::nanoTime));
        all.put(Resource.DIRECT_MEMORY, DirectMemoryPressure.of(PooledByteBufAllocator.DEFAULT));
        all.put(
                Resource.DESCRIPTORS,
                new DescriptorPressure(
                        DescriptorPressure.ofProcess(),
                        () -> telemetry.open(Side.DOWNSTREAM),
                        () -> telemetry.open(Side.UPSTREAM)));
        all.put(Resource.CONNECTIONS, new ConnectionPressure(() -> telemetry.open(Side.DOWNSTREAM)));
        all.put(Resource.LAG, new LagPressure(loops, System::nanoTime));
        return all;
    }
}
