package io.evenkeel.proxy.overload;

import io.evenkeel.config.OverloadConfig;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/**
 * How late the slowest event loop is. Only what was so for a second counts: a pause of the garbage collector, or the classes that a first request loads, make loops
 * late too, and are no overload.
 */
final class LagPressure implements Pressure {

    /** In measurements: a second. */
    static final int WINDOW = 10;

    private final List<Heartbeat> heartbeats;
    private final long[] last = new long[WINDOW];
    private int next;

    /** @param clock nanoseconds since some moment, of any thread */
    LagPressure(List<? extends Executor> loops, LongSupplier clock) {
        this.heartbeats = loops.stream().map(loop -> new Heartbeat(loop, clock)).toList();
    }

    @Override
    public double share(OverloadConfig limits) {
        long now = 0;
        for (Heartbeat heartbeat : heartbeats) {
            now = Math.max(now, heartbeat.lagNanos());
        }
        last[next] = now;
        next = (next + 1) % WINDOW;
        long sustained = now;
        for (long each : last) {
            sustained = Math.min(sustained, each);
        }
        return (double) sustained / limits.lag().toNanos();
    }
}
