package io.evenkeel.proxy.exchange;

import io.evenkeel.balancer.limit.LatencyQuantile;
import io.evenkeel.balancer.limit.RetryBudget;
import io.evenkeel.config.HedgeConfig;
import io.evenkeel.config.RetryConfig;
import io.evenkeel.proxy.loop.LoopShare;
import io.evenkeel.proxy.route.Route;
import io.evenkeel.proxy.telemetry.LoopTelemetry;
import java.util.HashMap;
import java.util.Map;

/** What one event loop remembers of retries in each upstream; the same over reloads. Event-loop confined. */
final class LoopRetries {

    private final LoopShare share;
    private final LoopTelemetry telemetry;
    private final Map<String, RetryBudget> budgets = new HashMap<>();
    private final Map<String, LatencyQuantile> headNanos = new HashMap<>();

    LoopRetries(LoopShare share, LoopTelemetry telemetry) {
        this.share = share;
        this.telemetry = telemetry;
    }

    /** What this loop may retry in the upstream of a route, by its limits now; what was answered and retried there counts on over reloads. */
    Retries of(Route route) {
        String name = route.upstream().name();
        RetryConfig limits = route.upstreamConfig().retry();
        RetryBudget budget = budgets.computeIfAbsent(name, upstream -> new RetryBudget());
        int least = share.of(limits.budgetMinPerSecond() * RetryBudget.WINDOW_SECONDS);
        budget.configure(limits.budgetPercent(), least);
        Hedging hedging = limits.hedge().map(hedge -> hedging(name, hedge)).orElse(null);
        return new Retries(budget, route.upstream().breaker(), telemetry.upstreamMeter(name), hedging);
    }

    private Hedging hedging(String upstream, HedgeConfig hedge) {
        LatencyQuantile quantile = headNanos.computeIfAbsent(upstream, name -> new LatencyQuantile());
        quantile.configure(hedge.percentile());
        return new Hedging(quantile, hedge.minDelay().toNanos());
    }
}
