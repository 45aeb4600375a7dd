package io.evenkeel.proxy.overload;

import com.sun.management.UnixOperatingSystemMXBean;
import io.evenkeel.config.OverloadConfig;
import java.lang.management.ManagementFactory;
import java.util.function.LongSupplier;

/**
 * The open file descriptors. To count them the kernel walks through all of them, so that is done now and then only; in between they change as the connections do.
 */
final class DescriptorPressure implements Pressure {

    /** From one count to the next, in measurements: a second. */
    static final int COUNT_EVERY = 10;

    private static final double PERCENT = 100;

    /** The process's descriptors. */
    interface Descriptors {

        /** How many are open; as many as there may be where none is left to find out with. */
        long open();

        long max();
    }

    private final Descriptors descriptors;
    private final LongSupplier downstream;
    private final LongSupplier upstream;
    private int untilCount;
    private long counted;
    private long open;
    private long connectionsThen;
    private long owed;

    /**
     * @param downstream how many connections of clients are open
     * @param upstream how many connections to endpoints are open
     */
    DescriptorPressure(Descriptors descriptors, LongSupplier downstream, LongSupplier upstream) {
        this.descriptors = descriptors;
        this.downstream = downstream;
        this.upstream = upstream;
    }

    @Override
    public double share(OverloadConfig limits) {
        long clients = downstream.getAsLong();
        long endpoints = upstream.getAsLong();
        long now = clients + endpoints;
        owed = Math.max(0, clients - endpoints);
        if (untilCount-- == 0) {
            untilCount = COUNT_EVERY - 1;
            counted = descriptors.open();
            connectionsThen = now;
        }
        open = Math.max(0, counted + now - connectionsThen);
        return open / limit(limits);
    }

    private double limit(OverloadConfig limits) {
        return descriptors.max() * (limits.descriptorsPercent() / PERCENT);
    }

    /** Each client's connection may take another one to an endpoint, those that are open already too. */
    @Override
    public long room(OverloadConfig limits, int percent) {
        return (long) (limit(limits) * percent / PERCENT - open - owed) / 2;
    }

    /** Those of this process, or none at all where the JVM does not tell. */
    static Descriptors ofProcess() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? new OfProcess(unix)
                : new Untold();
    }

    private record OfProcess(UnixOperatingSystemMXBean system) implements Descriptors {

        @Override
        public long open() {
            try {
                return system.getOpenFileDescriptorCount();
            } catch (InternalError none) {
                return max(); // the JVM has none left to list them with
            }
        }

        @Override
        public long max() {
            return system.getMaxFileDescriptorCount();
        }
    }

    private record Untold() implements Descriptors {

        @Override
        public long open() {
            return 0;
        }

        @Override
        public long max() {
            return Long.MAX_VALUE;
        }
    }
}
