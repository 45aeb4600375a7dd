package io.evenkeel.proxy.exchange;

import io.evenkeel.balancer.endpoint.Fault;
import io.evenkeel.proxy.http.ResponseHead;
import io.evenkeel.proxy.telemetry.Failure;
import org.jspecify.annotations.Nullable;

/** What the end of an attempt says about its endpoint. Stateless. */
final class Outcomes {

    private Outcomes() {}

    /**
     * What an answer says; null: the endpoint is well, whatever it answered.
     *
     * <p><b>Spec.</b> RFC 9110 §15.6.4: who sends 503 with Retry-After is alive and says when it wants more.
     */
    static @Nullable Fault of(ResponseHead head) {
        return switch (head.status()) {
            case 502, 504 -> Fault.GATEWAY;
            case 503 -> head.retryAfter() ? Fault.BACK_PRESSURE : Fault.GATEWAY;
            default -> null;
        };
    }

    /**
     * What a failure says; null: nothing, because the client or the router is to blame.
     *
     * @param waited whether the endpoint had been sent everything and owed the head of its response
     */
    static @Nullable Fault of(Failure failure, boolean waited) {
        return switch (failure) {
            case CONNECT_FAILED, CONNECT_TIMEOUT, TLS_FAILED, CONNECT_ABANDONED -> Fault.CONNECT;
            case STREAM_REFUSED -> Fault.BACK_PRESSURE;
            case TOTAL_TIMEOUT -> waited ? Fault.GATEWAY : null;
            case UPSTREAM_RESET,
                    MALFORMED_RESPONSE,
                    RESPONSE_HEAD_TOO_LARGE,
                    RESPONSE_HEAD_TIMEOUT,
                    PER_TRY_TIMEOUT,
                    ENDPOINT_UNHEALTHY,
                    RESPONSE_TRUNCATED,
                    TUNNEL_RESET,
                    UPSTREAM_IDLE -> Fault.GATEWAY;
            default -> null;
        };
    }
}
