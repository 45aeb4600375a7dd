package io.evenkeel.proxy.overload;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.Arrays;
import java.util.List;

/** The old generation, or the whole heap of a collector that has no generations, as the JVM tells. */
final class JvmHeap implements HeapPressure.Heap {

    private final List<MemoryPoolMXBean> pools = ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP
                    && pool.isUsageThresholdSupported() // which is not so for the young generation
                    && pool.getCollectionUsage() != null)
            .toList();
    private final List<GarbageCollectorMXBean> collectors = ManagementFactory.getGarbageCollectorMXBeans().stream()
            .filter(this::collects)
            .toList();

    private boolean collects(GarbageCollectorMXBean collector) {
        List<String> names = Arrays.asList(collector.getMemoryPoolNames());
        return pools.stream().anyMatch(pool -> names.contains(pool.getName()));
    }

    @Override
    public long usedBytes() {
        return pools.stream()
                .mapToLong(pool -> pool.getCollectionUsage().getUsed())
                .sum();
    }

    @Override
    public long maxBytes() {
        long most = 0;
        for (MemoryPoolMXBean pool : pools) {
            MemoryUsage usage = pool.getCollectionUsage();
            if (usage.getMax() < 0) {
                return Runtime.getRuntime().maxMemory();
            }
            most += usage.getMax();
        }
        return most == 0 ? Runtime.getRuntime().maxMemory() : most;
    }

    @Override
    public long collections() {
        return collectors.stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionCount)
                .sum();
    }

    @Override
    public void collect() {
        System.gc();
    }
}
