package io.evenkeel.proxy.tcp;

import io.evenkeel.balancer.limit.RetryBudget;
import io.evenkeel.config.RetryConfig;
import io.evenkeel.proxy.loop.LoopShare;
import io.evenkeel.proxy.telemetry.UpstreamMeter;
import io.evenkeel.proxy.upstream.RetryGate;

/** Whether an upstream bears that another endpoint is tried after one that took no connection. Event-loop confined. */
final class ConnectBudget {

    private final RetryGate gate;

    /** @param budget what this loop remembers of the upstream, over reloads */
    ConnectBudget(RetryBudget budget, Destination destination, UpstreamMeter meter, LoopShare share) {
        RetryConfig limits = destination.config().retry();
        budget.configure(limits.budgetPercent(), share.of(limits.budgetMinPerSecond() * RetryBudget.WINDOW_SECONDS));
        this.gate = new RetryGate(budget, destination.upstream().breaker(), meter);
    }

    /** Takes the right to try once more, to be given back by {@link #end}; false, and counted: there is none. */
    boolean begin(long nowNanos) {
        return gate.begin(nowNanos);
    }

    /** What was tried once more has led to a connection, or not. */
    void end() {
        gate.end();
    }

    /** An endpoint took a connection. */
    void connected(long nowNanos) {
        gate.answered(nowNanos);
    }
}
