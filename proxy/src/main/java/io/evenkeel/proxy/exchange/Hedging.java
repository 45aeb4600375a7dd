package io.evenkeel.proxy.exchange;

import io.evenkeel.balancer.limit.LatencyQuantile;

/**
 * When a slow request of one upstream gets a second attempt besides the first: after as long as most response heads take on this event loop. Event-loop
 * confined. After Dean and Barroso, "The Tail at Scale" (2013).
 */
final class Hedging {

    private final LatencyQuantile headNanos;
    private final long minDelayNanos;

    Hedging(LatencyQuantile headNanos, long minDelayNanos) {
        this.headNanos = headNanos;
        this.minDelayNanos = minDelayNanos;
    }

    /** A response head came after this long; −1 if that is not known. */
    void answered(long nanos) {
        if (nanos >= 0) {
            headNanos.add(nanos);
        }
    }

    /** How long to wait for the first attempt alone; 0: too little is known to make a second. */
    long delayNanos() {
        long usual = headNanos.nanos();
        return usual == 0 ? 0 : Math.max(usual, minDelayNanos);
    }
}
