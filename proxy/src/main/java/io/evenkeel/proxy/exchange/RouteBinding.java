package io.evenkeel.proxy.exchange;

import io.evenkeel.balancer.PickState;
import io.evenkeel.proxy.route.Route;
import io.evenkeel.proxy.telemetry.RouteMeter;
import io.evenkeel.proxy.telemetry.UpstreamMeter;
import org.jspecify.annotations.Nullable;

/**
 * A route together with what one event loop counts and remembers for it.
 *
 * @param route null: what matched no route
 */
record RouteBinding(@Nullable Route route, RouteMeter meter, UpstreamMeter upstreamMeter, PickState picks) {}
