package io.evenkeel.proxy.exchange;

import io.evenkeel.proxy.loop.Deadline;
import io.evenkeel.proxy.route.RouteTimeouts;

/** How long one exchange still waits for its endpoint, for what, and how long it may take in all. Event-loop confined. */
final class UpstreamPatience {

    private static final long NEVER = Long.MAX_VALUE;

    private final UpstreamSide side;
    private final LoopContext loop;
    private final Deadline deadline = new Deadline(this::onPassed);
    private UpstreamWait wait = UpstreamWait.NOTHING;
    private long untilNanos = NEVER;
    private long totalNanos = NEVER;
    private long tryNanos = NEVER;
    private long hedgeNanos = NEVER;
    private long idleNanos;

    UpstreamPatience(UpstreamSide side, LoopContext loop) {
        this.side = side;
        this.loop = loop;
    }

    /** Starts the time that the exchange may take in all. */
    void begin(RouteTimeouts timeouts) {
        totalNanos = after(timeouts.totalNanos());
        idleNanos = timeouts.idleNanos();
        untilNanos = NEVER;
        tryNanos = NEVER;
        hedgeNanos = NEVER;
    }

    /** Lets the exchange take no more than this in all, in nanoseconds; 0: it may. */
    void limit(long nanos) {
        totalNanos = Math.min(totalNanos, after(nanos));
    }

    /** Starts the time that one attempt may take until the response head, {@code nanos} long; 0: without limit. */
    void beginTry(long nanos) {
        tryNanos = after(nanos);
        hedgeNanos = NEVER;
        if (nanos > 0) {
            arm();
        }
    }

    /** Waits so long, 1 or more, for the attempt alone. */
    void hedgeAfter(long nanos) {
        hedgeNanos = after(nanos);
        arm();
    }

    /** The attempt need not be hedged any more. */
    void endHedge() {
        hedgeNanos = NEVER;
    }

    /** The attempt has got that far. */
    void endTry() {
        tryNanos = NEVER;
        hedgeNanos = NEVER;
    }

    /** Whether the attempt's own time runs. */
    boolean trying() {
        return tryNanos != NEVER;
    }

    /** Waits for this from now on, {@code nanos} long; 0: without limit. */
    void await(UpstreamWait what, long nanos) {
        wait = what;
        untilNanos = after(nanos);
        arm();
    }

    /** The endpoint has done something: where it is its idleness that is waited out, that starts anew. */
    void onProgress() {
        if (wait != UpstreamWait.REQUEST_TAKEN && wait != UpstreamWait.RESPONSE_BODY) {
            return;
        }
        untilNanos = after(idleNanos);
        arm();
    }

    void end() {
        wait = UpstreamWait.NOTHING;
        untilNanos = NEVER;
        totalNanos = NEVER;
        tryNanos = NEVER;
        hedgeNanos = NEVER;
    }

    private long after(long nanos) {
        return nanos == 0 ? NEVER : loop.clock.batchNanos() + nanos;
    }

    private void arm() {
        long at = next();
        if (at != NEVER) {
            loop.deadlines.set(deadline, at);
        }
    }

    private long next() {
        return Math.min(Math.min(untilNanos, totalNanos), Math.min(tryNanos, hedgeNanos));
    }

    private void onPassed() {
        long now = loop.clock.batchNanos();
        if (wait == UpstreamWait.NOTHING || now < next()) {
            return;
        }
        if (now >= totalNanos) {
            side.onTotalTimeout();
        } else if (now >= tryNanos) {
            side.onTryTimeout();
        } else if (now >= hedgeNanos) {
            hedgeNanos = NEVER;
            arm();
            side.onHedgeTime();
        } else {
            side.onImpatience(wait);
        }
    }
}
