package io.evenkeel.proxy.telemetry;

import static io.evenkeel.proxy.telemetry.Phase.*;
import static io.evenkeel.proxy.telemetry.Side.*;

/**
 * Why an exchange failed: a reason, the phase and side it happened in, the status that the client is told where it can still be
 * told one, and whether another attempt may be made. A value, never an exception.
 */
public enum Failure {
    CONNECTION_LIMIT(503, ACCEPT, DOWNSTREAM, Retry.NEVER, "too many connections, in all or from this client"),
    ACCEPT_FAILED(503, ACCEPT, ROUTER, Retry.NEVER, "the kernel gave no connection, mostly for want of descriptors"),
    MALFORMED_PROXY_HEADER(400, ACCEPT, DOWNSTREAM, Retry.NEVER, "the PROXY protocol's header is missing or malformed"),
    PROXY_HEADER_TIMEOUT(408, ACCEPT, DOWNSTREAM, Retry.NEVER, "the PROXY protocol's header was not complete in time"),
    MALFORMED_CLIENT_HELLO(400, PARSE, DOWNSTREAM, Retry.NEVER, "the TLS hello breaks RFC 8446"),
    CLIENT_HELLO_TOO_LARGE(431, PARSE, DOWNSTREAM, Retry.NEVER, "the TLS hello is over max-head-bytes"),
    MALFORMED_REQUEST(400, PARSE, DOWNSTREAM, Retry.NEVER, "the request head breaks RFC 9112"),
    TARGET_TOO_LONG(414, PARSE, DOWNSTREAM, Retry.NEVER, "the request target is longer than max-target-bytes"),
    HEAD_TOO_LARGE(431, PARSE, DOWNSTREAM, Retry.NEVER, "the request head is over max-head-bytes or max-fields"),
    HEAD_TIMEOUT(408, PARSE, DOWNSTREAM, Retry.NEVER, "the request head was not complete in time"),
    METHOD_REFUSED(405, PARSE, DOWNSTREAM, Retry.NEVER, "CONNECT and TRACE are not served"),
    TRANSFER_CODING_UNKNOWN(501, PARSE, DOWNSTREAM, Retry.NEVER, "a transfer coding besides chunked"),
    VERSION_UNSUPPORTED(505, PARSE, DOWNSTREAM, Retry.NEVER, "an HTTP major version other than 1"),
    EXPECTATION_UNKNOWN(417, PARSE, DOWNSTREAM, Retry.NEVER, "an expectation other than 100-continue"),
    UPGRADE_REFUSED(
            501,
            ROUTE,
            DOWNSTREAM,
            Retry.NEVER,
            "a WebSocket, or over HTTP/2 another protocol, where the route's upgrades allow none"),
    UPGRADE_MALFORMED(
            400, ROUTE, DOWNSTREAM, Retry.NEVER, "an upgrade request with a body, or a WebSocket's that is no GET"),
    LOOP(508, ROUTE, DOWNSTREAM, Retry.NEVER, "the request came through this router before"),
    MISDIRECTED(421, ROUTE, DOWNSTREAM, Retry.NEVER, "the certificate that the client was shown is not for this host"),
    OVERLOADED(503, ROUTE, ROUTER, Retry.NEVER, "the router is overloaded and the route not important enough"),
    NO_ROUTE(404, ROUTE, DOWNSTREAM, Retry.NEVER, "no route matches"),
    RATE_LIMITED(429, ROUTE, ROUTER, Retry.NEVER, "the route's rate limit is spent"),
    BODY_TOO_LARGE(413, RELAY, DOWNSTREAM, Retry.NEVER, "the request body is over max-body-bytes"),
    MALFORMED_REQUEST_BODY(400, RELAY, DOWNSTREAM, Retry.NEVER, "the chunked request body breaks RFC 9112"),
    BODY_TIMEOUT(408, RELAY, DOWNSTREAM, Retry.NEVER, "the request body came slower than min-body-rate-bytes"),
    NO_ENDPOINT(503, PICK, ROUTER, Retry.NEVER, "the upstream has no endpoint"),
    UPSTREAM_FULL(503, PICK, ROUTER, Retry.NEVER, "the upstream has as many exchanges at work as it may"),
    ENDPOINTS_FULL(503, PICK, ROUTER, Retry.NEVER, "every endpoint has as many attempts in flight as it may"),
    PENDING_OVERFLOW(503, ACQUIRE, ROUTER, Retry.NEVER, "too many exchanges wait for a connection"),
    PENDING_TIMEOUT(503, ACQUIRE, ROUTER, Retry.NEVER, "no connection became free in time"),
    SOCKET_FAILED(503, ACQUIRE, ROUTER, Retry.NEVER, "the router has no descriptor left for a connection"),
    CONNECT_FAILED(502, ACQUIRE, UPSTREAM, Retry.ALWAYS, "the endpoint refused the connection"),
    CONNECT_TIMEOUT(504, ACQUIRE, UPSTREAM, Retry.ALWAYS, "the endpoint did not accept the connection in time"),
    TLS_FAILED(502, ACQUIRE, UPSTREAM, Retry.ALWAYS, "the TLS handshake with the endpoint failed"),
    CONNECT_ABANDONED(
            504, ACQUIRE, UPSTREAM, Retry.ALWAYS, "the endpoint became unhealthy before there was a connection to it"),
    ENDPOINT_UNHEALTHY(
            504, RELAY, UPSTREAM, Retry.IF_REPLAYABLE, "the endpoint became unhealthy before it began to answer"),
    UPSTREAM_RESET(502, RELAY, UPSTREAM, Retry.IF_REPLAYABLE, "the endpoint closed the connection before it answered"),
    STREAM_REFUSED(502, RELAY, UPSTREAM, Retry.IF_AT_HAND, "the endpoint refused the HTTP/2 stream"),
    STREAM_UNPROCESSED(
            502,
            RELAY,
            UPSTREAM,
            Retry.IF_AT_HAND,
            "the endpoint ended the HTTP/2 connection without having looked at the request"),
    MALFORMED_RESPONSE(502, RELAY, UPSTREAM, Retry.NEVER, "the response breaks RFC 9112"),
    RESPONSE_HEAD_TOO_LARGE(502, RELAY, UPSTREAM, Retry.NEVER, "the response head is over the pool's max-head-bytes"),
    RESPONSE_HEAD_TIMEOUT(504, RELAY, UPSTREAM, Retry.NEVER, "the endpoint did not answer in time"),
    PER_TRY_TIMEOUT(504, RELAY, UPSTREAM, Retry.IF_REPLAYABLE, "the endpoint did not answer within per-try-timeout"),
    RESPONSE_TRUNCATED(
            502, RELAY, UPSTREAM, Retry.NEVER, "the endpoint closed the connection in the middle of its response"),
    UPSTREAM_IDLE(504, RELAY, UPSTREAM, Retry.NEVER, "the endpoint fell silent in the middle of its response"),
    DOWNSTREAM_IDLE(408, RELAY, DOWNSTREAM, Retry.NEVER, "the client stopped taking or sending bytes"),
    CLIENT_ABORTED(499, RELAY, DOWNSTREAM, Retry.NEVER, "the client went away"),
    TUNNEL_IDLE(408, RELAY, DOWNSTREAM, Retry.NEVER, "both sides of the connection were silent for too long"),
    TOTAL_TIMEOUT(504, RELAY, UPSTREAM, Retry.NEVER, "the exchange took longer than the total time-out"),
    TUNNEL_RESET(502, RELAY, UPSTREAM, Retry.NEVER, "the endpoint broke an upgraded connection"),
    DRAINED(503, RELAY, ROUTER, Retry.IF_REPLAYABLE, "the endpoint's drain was over before the exchange was"),
    SHUTDOWN(503, RELAY, ROUTER, Retry.NEVER, "the router is shutting down"),
    INTERNAL(500, RELAY, ROUTER, Retry.NEVER, "a defect in the router");

    /** Whether another attempt may be made after this failure. */
    public enum Retry {
        NEVER,
        /** Not one byte was sent, so any method may be tried again. */
        ALWAYS,
        /** The endpoint has not processed it, so any method may be tried again whose body is still at hand (RFC 9113 §8.7). */
        IF_AT_HAND,
        /** Only an idempotent request whose body is still at hand, or one of which nothing was written (RFC 9110 §9.2.2). */
        IF_REPLAYABLE
    }

    private final int status;
    private final Phase phase;
    private final Side side;
    private final Retry retry;
    private final String text;
    private final String label;

    Failure(int status, Phase phase, Side side, Retry retry, String text) {
        this.status = status;
        this.phase = phase;
        this.side = side;
        this.retry = retry;
        this.text = text;
        this.label = name().toLowerCase(java.util.Locale.ROOT);
    }

    /** The status sent, or only logged where the response had begun; 499 is never sent. */
    public int status() {
        return status;
    }

    public Phase phase() {
        return phase;
    }

    public Side side() {
        return side;
    }

    public Retry retry() {
        return retry;
    }

    /** The value of the metric label {@code reason}. */
    public String label() {
        return label;
    }

    /** One clause for people. */
    public String text() {
        return text;
    }
}
