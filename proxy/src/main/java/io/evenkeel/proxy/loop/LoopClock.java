package io.evenkeel.proxy.loop;

import io.netty.channel.EventLoop;

/**
 * The clock of one event loop. Event-loop confined.
 *
 * <p>{@link #batchNanos} is read once for all the events that one poll of the kernel brought, at the first of them: cheap, and for the last of them
 * it includes the time they waited behind the others, so that latencies measured from it hide nothing.
 */
public final class LoopClock {

    private final EventLoop loop;
    private final Runnable endOfBatch = this::endBatch;
    private long batchNanos;
    private boolean inBatch;

    public LoopClock(EventLoop loop) {
        this.loop = loop;
    }

    /** When the batch of events at hand began, in nanoseconds of {@link System#nanoTime}. */
    public long batchNanos() {
        if (!inBatch) {
            inBatch = true;
            batchNanos = System.nanoTime();
            loop.execute(endOfBatch);
        }
        return batchNanos;
    }

    /** Now, in nanoseconds of {@link System#nanoTime}. */
    public long nanos() {
        return System.nanoTime();
    }

    private void endBatch() {
        inBatch = false;
    }
}
