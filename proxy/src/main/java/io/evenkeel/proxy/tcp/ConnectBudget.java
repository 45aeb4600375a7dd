package io.evenkeel.proxy.tcp;

import io.evenkeel.balancer.limit.CircuitBreaker;
import io.evenkeel.balancer.limit.RetryBudget;
import io.evenkeel.config.RetryConfig;
import io.evenkeel.proxy.loop.LoopShare;
import io.evenkeel.proxy.telemetry.Overflow;
import io.evenkeel.proxy.telemetry.UpstreamMeter;

/** Whether an upstream bears that another endpoint is tried after one that took no connection. Event-loop confined. */
final class ConnectBudget {

    private final RetryBudget budget;
    private final CircuitBreaker breaker;
    private final UpstreamMeter meter;

    /** @param budget what this loop remembers of the upstream, over reloads */
    ConnectBudget(RetryBudget budget, Destination destination, UpstreamMeter meter, LoopShare share) {
        RetryConfig limits = destination.config().retry();
        budget.configure(limits.budgetPercent(), share.of(limits.budgetMinPerSecond() * RetryBudget.WINDOW_SECONDS));
        this.budget = budget;
        this.breaker = destination.upstream().breaker();
        this.meter = meter;
    }

    /** Takes the right to try once more, to be given back by {@link #end}; false, and counted: there is none. */
    boolean begin(long nowNanos) {
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

    /** What was tried once more has led to a connection, or not. */
    void end() {
        breaker.leaveRetry();
    }

    /** An endpoint took a connection. */
    void connected(long nowNanos) {
        budget.answered(nowNanos);
    }
}
