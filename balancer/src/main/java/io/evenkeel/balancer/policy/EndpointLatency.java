package io.evenkeel.balancer.policy;

import io.evenkeel.balancer.endpoint.AttemptObserver;
import io.evenkeel.balancer.endpoint.EndpointState;
import io.evenkeel.balancer.endpoint.Fault;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How slow an endpoint's answers are: a mean that forgets exponentially, but takes over a slower answer than itself at once (Finagle's Peak EWMA).
 *
 * <p>A failure counts as an answer four times as slow as what is known, at least 10 ms and at most 1 s: an endpoint that fails fast attracts nothing. Back-pressure
 * says nothing about the endpoint as a whole and does not count. What has faded below 1 µs is not known any more.
 *
 * <p><b>Threading.</b> Every event loop writes and reads. Mean and moment are one {@code long}, so that nobody sees one without the other; of two answers
 * that end at the same time one may be lost, which a mean can bear.
 */
public final class EndpointLatency implements AttemptObserver {

    /** Nanoseconds of mean: less than any answer over a socket takes. */
    static final float LEAST_KNOWN_NANOS = 1_000;

    private static final float FAULT_FACTOR = 4;
    private static final float LEAST_FAULT_NANOS = 10_000_000;
    private static final float MOST_FAULT_NANOS = 1_000_000_000;

    /** A tick is 2¹⁶ ns, 65 µs: fine beside the shortest decay, 100 ms, and 2³² of them are three days. */
    private static final int TICK_BITS = 16;

    private static final VarHandle MEAN;

    static {
        try {
            MEAN = MethodHandles.lookup().findVarHandle(EndpointLatency.class, "mean", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final LongSupplier nanoTime;
    private final float perTick;

    /** The mean's bits as a float, in nanoseconds, above; the tick it was of, below. Written and read opaquely through MEAN. */
    @SuppressWarnings("UnusedVariable")
    private long mean;

    /**
     * @param decay after how long without answers a mean has fallen to 1 ÷ e
     * @param nanoTime callable from every event loop
     */
    public EndpointLatency(Duration decay, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.perTick = (float) (1L << TICK_BITS) / decay.toNanos();
    }

    @Override
    public void onSuccess(EndpointState endpoint, long headNanos) {
        if (headNanos >= 0) {
            sample(Math.max(LEAST_KNOWN_NANOS, (float) headNanos));
        }
    }

    @Override
    public void onDropped(EndpointState endpoint, Fault fault) {
        if (fault != Fault.BACK_PRESSURE) {
            float known = nanosAt(tick());
            sample(Math.max(known, Math.min(MOST_FAULT_NANOS, Math.max(LEAST_FAULT_NANOS, known * FAULT_FACTOR))));
        }
    }

    /** The present moment for {@link #nanosAt}. */
    int tick() {
        return (int) (nanoTime.getAsLong() >>> TICK_BITS);
    }

    /** The mean at this moment; 0 where nothing is known. */
    float nanosAt(int tick) {
        long now = (long) MEAN.getOpaque(this);
        float faded = Float.intBitsToFloat((int) (now >>> 32)) * keptAfter(tick - (int) now);
        return faded < LEAST_KNOWN_NANOS ? 0 : faded;
    }

    private void sample(float nanos) {
        int tick = tick();
        long before = (long) MEAN.getOpaque(this);
        float known = Float.intBitsToFloat((int) (before >>> 32));
        int since = Math.max(0, tick - (int) before);
        float kept = known * keptAfter(since) < LEAST_KNOWN_NANOS ? 0 : (float) Math.exp(-since * perTick);
        float now = nanos > known ? nanos : known * kept + nanos * (1 - kept);
        MEAN.setOpaque(this, ((long) Float.floatToRawIntBits(now) << 32) | (tick & 0xFFFFFFFFL));
    }

    /** About e to the power of −{@code ticks} in units of the decay: (1 − x ÷ 8)⁸, 0 from x = 8 on. Picks ask for every candidate, and exp is slow. */
    private float keptAfter(int ticks) {
        float rest = Math.max(0, 1 - Math.max(0, ticks) * perTick / 8);
        float square = rest * rest;
        float fourth = square * square;
        return fourth * fourth;
    }
}
