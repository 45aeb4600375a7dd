package io.evenkeel.proxy.overload;

import io.evenkeel.config.OverloadConfig;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/**
 * How late the slowest event loop is. Only what was so three times in a row counts: a pause of the garbage collector makes every loop late once, and is no overload.
 */
final class LagPressure implements Pressure {

    private final List<Heartbeat> heartbeats;
    private long before;
    private long beforeThat;

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
        long sustained = Math.min(now, Math.min(before, beforeThat));
        beforeThat = before;
        before = now;
        return (double) sustained / limits.lag().toNanos();
    }
}
