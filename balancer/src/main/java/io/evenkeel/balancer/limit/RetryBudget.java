package io.evenkeel.balancer.limit;

import java.util.Arrays;

/**
 * How many retries an upstream bears, as one event loop sees it: a share of the requests that were answered in the last {@value #WINDOW_SECONDS} seconds, or
 * a small number where there were few. Event-loop confined; no atomics.
 *
 * <p>A token bucket whose tokens expire, as Finagle's {@code RetryBudget}: each good answer deposits, each retry withdraws, and both are forgotten with the
 * slot of time they fell into. It differs in what deposits: a request does when it has been answered well, not when it comes. So nothing flows in while
 * everything fails, and in a full outage attempts exceed requests only by what the seconds before it left, however long it lasts.
 *
 * <p>A share of the requests <em>in flight</em>, as Envoy has it, bounds how many retries there are at one moment but not how many there are in a second: an
 * endpoint that refuses at once keeps few in flight, each failure finds room for its retry, and the load on what is left doubles. Those at work at one
 * moment are {@link CircuitBreaker}'s.
 */
public final class RetryBudget {

    /** Long enough to pay for what was in flight at an endpoint that died, short enough that an outage begins with little. */
    public static final int WINDOW_SECONDS = 5;

    /** Tokens expire half a second at a time. */
    private static final int SLOTS = 10;

    private static final long SLOT_NANOS = WINDOW_SECONDS * 1_000_000_000L / SLOTS;

    private final int[] answered = new int[SLOTS];
    private final int[] retried = new int[SLOTS];
    private long slot = Long.MIN_VALUE;
    private long answeredSum;
    private long retriedSum;
    private int percent;
    private int least;

    /**
     * Goes by these limits from now on.
     *
     * @param maxPercent retries per hundred answered requests, 0–100
     * @param leastInWindow retries in {@value #WINDOW_SECONDS} seconds that are borne however few requests there are
     */
    public void configure(int maxPercent, int leastInWindow) {
        percent = maxPercent;
        least = leastInWindow;
    }

    /** A request was answered well. */
    public void answered(long nowNanos) {
        answered[at(nowNanos)]++;
        answeredSum++;
    }

    /** Pays for one retry; false: there is nothing left to pay with. */
    public boolean take(long nowNanos) {
        int at = at(nowNanos);
        if ((retriedSum + 1) * 100 > Math.max(answeredSum * percent, least * 100L)) {
            return false;
        }
        retried[at]++;
        retriedSum++;
        return true;
    }

    /** The index of the slot of this moment; what lies {@value #SLOTS} slots back is forgotten. */
    private int at(long nowNanos) {
        long now = Math.floorDiv(nowNanos, SLOT_NANOS);
        if (now > slot) {
            forgetUntil(now);
        }
        return Math.floorMod(slot, SLOTS);
    }

    private void forgetUntil(long now) {
        if (slot < now - SLOTS) {
            Arrays.fill(answered, 0);
            Arrays.fill(retried, 0);
            answeredSum = 0;
            retriedSum = 0;
            slot = now;
        }
        while (slot < now) {
            slot++;
            int expired = Math.floorMod(slot, SLOTS);
            answeredSum -= answered[expired];
            retriedSum -= retried[expired];
            answered[expired] = 0;
            retried[expired] = 0;
        }
    }
}
