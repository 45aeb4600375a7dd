package io.evenkeel.perf.faults;

import io.netty.util.internal.PlatformDependent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What this process holds.
 *
 * @param heapBytes live objects, after a collection
 * @param directBytes Netty's buffers and pools
 * @param descriptors open file descriptors
 */
record Resources(long heapBytes, long directBytes, long descriptors) {

    /** What it holds now. */
    @SuppressWarnings("System.gc") // only what a collection leaves can be a leak
    static Resources now() {
        System.gc();
        return new Resources(
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
                PlatformDependent.usedDirectMemory(),
                openDescriptors());
    }

    private static long openDescriptors() {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
