package io.evenkeel.proxy.telemetry;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** How many bytes of heap the calling thread allocates. */
public final class Allocations {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int WARM_UP = 50_000;

    private Allocations() {}

    /** The mean over so many runs of a task, after a warm-up, in bytes per run. */
    public static double perRun(int runs, Runnable task) {
        for (int i = 0; i < WARM_UP; i++) {
            task.run();
        }
        long before = THREADS.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < runs; i++) {
            task.run();
        }
        return (double) (THREADS.getCurrentThreadAllocatedBytes() - before) / runs;
    }
}
