package io.evenkeel.proxy.upstream;

import io.evenkeel.balancer.limit.CircuitBreaker;
import io.evenkeel.balancer.limit.RetryBudget;
import io.evenkeel.proxy.telemetry.Overflow;
import io.evenkeel.proxy.telemetry.UpstreamMeter;

/**
 * Whether an upstream bears another retry: what this event loop has answered pays for it, and not too many are at work over all of them. Event-loop
 * confined.
 */
public final class RetryGate {

    private final RetryBudget budget;
    private final CircuitBreaker breaker;
    private final UpstreamMeter meter;

    public RetryGate(RetryBudget budget, CircuitBreaker breaker, UpstreamMeter meter) {
        this.budget = budget;
        this.breaker = breaker;
        this.meter = meter;
    }

    /** Takes the right to one retry, to be given back by {@link #end}; false, and counted: there is none. */
    public boolean begin(long nowNanos) {
        if (!breaker.enterRetry()) {
            meter.overflowed(Overflow.RETRIES);
            return false;
        }
        if (!budget.take(nowNanos)) {
            breaker.leaveRetry();
            meter.overflowed(Overflow.RETRY_BUDGET);
            return false;
        }
        return true;
    }

    /** A retry is over, or was not made after all. */
    public void end() {
        breaker.leaveRetry();
    }

    /** An endpoint answered well, which pays for retries. */
    public void answered(long nowNanos) {
        budget.answered(nowNanos);
    }
}
