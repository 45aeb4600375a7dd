package io.evenkeel.proxy.exchange;

import io.evenkeel.balancer.limit.CircuitBreaker;
import io.evenkeel.balancer.limit.RetryBudget;
import io.evenkeel.proxy.telemetry.UpstreamMeter;
import io.evenkeel.proxy.upstream.RetryGate;
import org.jspecify.annotations.Nullable;

/**
 * Whether an upstream bears another retry: what this event loop has answered pays for it, and not too many are at work over all of them. Event-loop
 * confined.
 */
final class Retries {

    private final RetryGate gate;
    private final @Nullable Hedging hedging;

    Retries(RetryBudget budget, CircuitBreaker breaker, UpstreamMeter meter, @Nullable Hedging hedging) {
        this.hedging = hedging;
        this.gate = new RetryGate(budget, breaker, meter);
    }

    /** Takes the right to one retry, to be given back by {@link #end}; false, and counted: there is none. */
    boolean begin(long nowNanos) {
        return gate.begin(nowNanos);
    }

    /** A retry is over, or was not made after all. */
    void end() {
        gate.end();
    }

    /**
     * An endpoint answered well.
     *
     * @param headNanos how soon; −1 if not known
     */
    void answered(long nowNanos, long headNanos) {
        gate.answered(nowNanos);
        if (hedging != null) {
            hedging.answered(headNanos);
        }
    }

    /** How long the first attempt of a request is waited for alone; 0: however long it takes. */
    long hedgeNanos() {
        return hedging == null ? 0 : hedging.delayNanos();
    }
}
