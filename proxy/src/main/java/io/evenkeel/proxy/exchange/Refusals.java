package io.evenkeel.proxy.exchange;

import io.evenkeel.proxy.http.ClientAddress;
import io.evenkeel.proxy.http.Handshake;
import io.evenkeel.proxy.http.RequestHead;
import io.evenkeel.proxy.overload.OverloadState;
import io.evenkeel.proxy.ratelimit.LoopRateLimit;
import io.evenkeel.proxy.route.Route;
import io.evenkeel.proxy.telemetry.Failure;
import org.jspecify.annotations.Nullable;

/** Which well-formed requests are not forwarded all the same. Stateless. */
final class Refusals {

    private Refusals() {}

    /** Why this request is refused, or null. */
    static @Nullable Failure of(RequestHead head, Route route, ListenerSettings settings, OverloadState overload) {
        if (overload.rejects(route.priority())) {
            return Failure.OVERLOADED;
        }
        if (settings.forwarding().loops(head)) {
            return Failure.LOOP;
        }
        if (head.upgrade().present()) {
            Failure refused = upgrade(head, route);
            if (refused != null) {
                return refused;
            }
        }
        long most = maxBodyBytes(route, settings);
        return most > 0 && head.framing().contentLength() > most ? Failure.BODY_TOO_LARGE : null;
    }

    /** Why this request must not have come over this connection, or null. */
    static @Nullable Failure misdirected(RequestHead head, ClientAddress client) {
        Handshake handshake = client.handshake();
        return handshake != null && handshake.misdirects(head) ? Failure.MISDIRECTED : null;
    }

    private static @Nullable Failure upgrade(RequestHead head, Route route) {
        return switch (head.upgrade().settle(head, route.upgrades())) {
            case REFUSED -> Failure.UPGRADE_REFUSED;
            case MALFORMED -> Failure.UPGRADE_MALFORMED;
            case IGNORED -> head.http2() ? Failure.UPGRADE_REFUSED : null; // RFC 8441 §4: it asks for nothing else
            case PASSED_ON -> null;
        };
    }

    /** Why this request, on which it is counted, is over its route's limit, or null. */
    static @Nullable Failure overLimit(RequestHead head, ClientAddress client, RouteBinding taken, LoopContext loop) {
        LoopRateLimit limit = taken.rateLimit();
        if (limit == null || limit.admits(head, client, loop.clock.batchNanos())) {
            return null;
        }
        taken.meter().refusedByLimit();
        loop.errorResponse.limited(limit.requests(), limit.waitSeconds());
        return Failure.RATE_LIMITED;
    }

    /** Most octets of a request body on this route; 0: no limit. */
    static long maxBodyBytes(Route route, ListenerSettings settings) {
        return route.maxBodyBytes() < 0 ? settings.limits().maxBodyBytes() : route.maxBodyBytes();
    }
}
