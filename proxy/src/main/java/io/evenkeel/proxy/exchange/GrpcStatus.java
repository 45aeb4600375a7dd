package io.evenkeel.proxy.exchange;

import io.evenkeel.proxy.telemetry.Failure;

/**
 * What a gRPC client is told where the router itself fails. Stateless.
 *
 * <p><b>Spec.</b> gRPC "Status codes and their use", and for what has no code of its own the "HTTP to gRPC Status Code Mapping". It differs from the latter in
 * two: who is over a limit is told RESOURCE_EXHAUSTED, because clients repeat what is UNAVAILABLE at once, and so is who sends too much.
 */
final class GrpcStatus {

    static final int CANCELLED = 1;
    static final int DEADLINE_EXCEEDED = 4;
    static final int RESOURCE_EXHAUSTED = 8;
    static final int UNIMPLEMENTED = 12;
    static final int INTERNAL = 13;
    static final int UNAVAILABLE = 14;

    private GrpcStatus() {}

    /** The code for this failure, 1–16. There is no default: whoever adds a failure says here what it is. */
    static int of(Failure failure) {
        return switch (failure) {
            case CLIENT_ABORTED -> CANCELLED;
            case RESPONSE_HEAD_TIMEOUT,
                    PER_TRY_TIMEOUT,
                    TOTAL_TIMEOUT,
                    UPSTREAM_IDLE,
                    DOWNSTREAM_IDLE,
                    BODY_TIMEOUT,
                    HEAD_TIMEOUT -> DEADLINE_EXCEEDED;
            case RATE_LIMITED, BODY_TOO_LARGE, HEAD_TOO_LARGE, TARGET_TOO_LONG, RESPONSE_HEAD_TOO_LARGE ->
                RESOURCE_EXHAUSTED;
            case NO_ROUTE,
                    METHOD_REFUSED,
                    TRANSFER_CODING_UNKNOWN,
                    VERSION_UNSUPPORTED,
                    EXPECTATION_UNKNOWN,
                    UPGRADE_REFUSED -> UNIMPLEMENTED;
            case MALFORMED_REQUEST,
                    MALFORMED_REQUEST_BODY,
                    MALFORMED_RESPONSE,
                    MALFORMED_PROXY_HEADER,
                    PROXY_HEADER_TIMEOUT,
                    MALFORMED_CLIENT_HELLO,
                    CLIENT_HELLO_TOO_LARGE,
                    UPGRADE_MALFORMED,
                    MISDIRECTED,
                    TUNNEL_IDLE,
                    TUNNEL_RESET,
                    LOOP,
                    INTERNAL -> INTERNAL;
            case CONNECTION_LIMIT,
                    ACCEPT_FAILED,
                    OVERLOADED,
                    NO_ENDPOINT,
                    UPSTREAM_FULL,
                    ENDPOINTS_FULL,
                    PENDING_OVERFLOW,
                    PENDING_TIMEOUT,
                    SOCKET_FAILED,
                    CONNECT_FAILED,
                    CONNECT_TIMEOUT,
                    TLS_FAILED,
                    CONNECT_ABANDONED,
                    ENDPOINT_UNHEALTHY,
                    UPSTREAM_RESET,
                    STREAM_REFUSED,
                    STREAM_UNPROCESSED,
                    RESPONSE_TRUNCATED,
                    DRAINED,
                    SHUTDOWN -> UNAVAILABLE;
        };
    }
}
