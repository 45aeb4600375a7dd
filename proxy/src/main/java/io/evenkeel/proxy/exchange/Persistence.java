package io.evenkeel.proxy.exchange;

/** How a client's connection goes on after an exchange. */
public enum Persistence {
    KEEP,
    /** Nothing more is expected from the client. */
    CLOSE,
    /** The client may still be sending: it must be given the time to read the response (RFC 9112 §9.6). */
    LINGER,
    /** The response was cut off, and nothing but a reset tells an HTTP/1.0 client so. */
    RESET
}
