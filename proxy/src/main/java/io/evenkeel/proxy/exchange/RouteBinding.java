package io.evenkeel.proxy.exchange;

import io.evenkeel.balancer.policy.PickState;
import io.evenkeel.proxy.affinity.LoopAffinity;
import io.evenkeel.proxy.ratelimit.LoopRateLimit;
import io.evenkeel.proxy.route.Route;
import io.evenkeel.proxy.telemetry.RouteMeter;
import io.evenkeel.proxy.telemetry.UpstreamMeter;
import org.jspecify.annotations.Nullable;

/** A route together with what one event loop counts and remembers for it. */
record RouteBinding(
        Route route,
        RouteMeter meter,
        UpstreamMeter upstreamMeter,
        PickState picks,
        RetryRules rules,
        Retries retries,
        LoopAffinity affinity,
        @Nullable LoopRateLimit rateLimit) {}
