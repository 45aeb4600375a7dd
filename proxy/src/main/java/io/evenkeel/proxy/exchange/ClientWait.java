package io.evenkeel.proxy.exchange;

/** What a connection waits for from its client, which decides what it means when the client lets it wait too long. */
public enum ClientWait {
    /** Nothing: an endpoint is at work. */
    NOTHING,
    /** The rest of a head, or the first head of a new connection. */
    HEAD,
    /** The next request on a connection that has served one. */
    NEXT_REQUEST,
    /** More of a request body, at no less than the minimum rate. */
    BODY,
    /** The client to take what was sent to it. */
    TAKING,
    /** The end of a response to a client that has closed its side. */
    HALF_CLOSED,
    /** The client to stop sending, so that a close does not destroy the response (RFC 9112 §9.6). */
    LINGER
}
