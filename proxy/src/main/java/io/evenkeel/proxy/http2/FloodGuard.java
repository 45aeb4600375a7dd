package io.evenkeel.proxy.http2;

import io.evenkeel.proxy.telemetry.Flood;

/**
 * Counts what a peer may send too much of on one connection, within spans of ten seconds. Resets have a limit of their own. Other frames that carry nothing
 * forward are allowed a share for every frame that does, because peers measure and acknowledge while they work, and a lump sum besides. Event-loop confined.
 *
 * <p><b>Spec.</b> RFC 9113 §10.5. CVE-2023-44487 (rapid reset), CVE-2019-9512 to -9518.
 */
public final class FloodGuard {

    private static final long SPAN_NANOS = 10_000_000_000L;

    /** Frames that need no excuse, in one span: a peer that pings ten times a second uses a tenth. */
    private static final int FREE_FRAMES = 1_000;

    /** Frames allowed for each that carries a request, a response, or octets of their bodies, and again for every so many octets. */
    private static final int PER_WORK = 10;

    /** Octets. Who gives back a window in pieces of less than a tenth of this, on end, plays with it. */
    private static final int WORK_BYTES = 1024;

    private final int maxResets;
    private long spanStartNanos;
    private int resets;
    private int idle;

    /**
     * @param maxResets resets within ten seconds
     * @param nowNanos of {@link System#nanoTime}
     */
    public FloodGuard(int maxResets, long nowNanos) {
        this.maxResets = maxResets;
        this.spanStartNanos = nowNanos;
    }

    /** A frame that carries something forward has come or gone, with so many octets. */
    public void onWork(int octets) {
        idle = Math.max(0, idle - PER_WORK * (1 + octets / WORK_BYTES));
    }

    /** Counts one of this kind; false: it is one too many. */
    public boolean tolerates(Flood kind, long nowNanos) {
        if (nowNanos - spanStartNanos >= SPAN_NANOS) {
            spanStartNanos = nowNanos;
            resets = 0;
            idle = 0;
        }
        if (kind == Flood.RESETS) {
            return ++resets <= maxResets;
        }
        return ++idle <= FREE_FRAMES;
    }
}
