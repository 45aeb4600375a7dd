package io.evenkeel.perf.jmh;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The processor time of {@link PickBenchmark}'s cases, where others use the machine: time in which the thread does not run does not count, and of {@value #ROUNDS}
 * rounds the least is told. Prints a line per case that is named, {@code pick / pickAndPermit} in ns for 10, 100, 1,000 and 10,000 endpoints.
 */
public final class PickCost {

    private static final int ROUNDS = 20;
    private static final int PICKS = 300_000;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /** Keeps what is picked from being optimized away. */
    @SuppressWarnings("UnusedVariable")
    private static volatile @Nullable Object picked;

    private PickCost() {}

    /**
     * Measures.
     *
     * @param cases names of {@link PickCase}; one per process, or they share what the compiler learnt
     */
    public static void main(String... cases) {
        for (String name : cases) {
            StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%-28s", name));
            for (int endpoints : new int[] {10, 100, 1_000, 10_000}) {
                PickBenchmark benchmark = new PickBenchmark();
                benchmark.endpoints = endpoints;
                benchmark.balancer = PickCase.valueOf(name);
                benchmark.fill();
                line.append(String.format(
                        Locale.ROOT, "%8.1f / %5.1f", nanos(benchmark::pick), nanos(benchmark::pickAndPermit)));
            }
            System.out.println(line);
        }
        System.exit(0); // the benchmarks' control threads live on
    }

    private static double nanos(Supplier<@Nullable Object> pick) {
        long least = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            long before = THREADS.getCurrentThreadCpuTime();
            for (int i = 0; i < PICKS; i++) {
                picked = pick.get();
            }
            least = Math.min(least, THREADS.getCurrentThreadCpuTime() - before);
        }
        return (double) least / PICKS;
    }
}
