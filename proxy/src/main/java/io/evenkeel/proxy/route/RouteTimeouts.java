package io.evenkeel.proxy.route;

import io.evenkeel.config.RouteConfig;
import io.evenkeel.config.UpstreamTimeouts;
import java.time.Duration;

/**
 * How long an exchange on one route may take in each phase, in nanoseconds; 0: no limit. Immutable.
 *
 * @param pendingNanos waiting for a connection
 * @param responseHeadNanos from the end of the request to the head of the response
 * @param idleNanos between two reads of a body
 * @param totalNanos from the head of the request to the end of the response
 */
public record RouteTimeouts(long pendingNanos, long responseHeadNanos, long idleNanos, long totalNanos) {

    static RouteTimeouts of(RouteConfig route, UpstreamTimeouts upstream) {
        return new RouteTimeouts(
                upstream.pending().toNanos(),
                route.responseHeadTimeout().orElse(upstream.responseHead()).toNanos(),
                route.idleTimeout().orElse(upstream.idle()).toNanos(),
                route.totalTimeout()
                        .map(Duration::toNanos)
                        .orElse(upstream.total().toNanos()));
    }
}
