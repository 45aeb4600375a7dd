package io.evenkeel.proxy.telemetry;

/** A point in the life of an exchange at which the clock is read; in order, each at most once per exchange, the last attempt's counts. */
public enum Moment {
    /** The first byte of the request was read; durations count from here. */
    STARTED,
    HEAD_RECEIVED,
    ENDPOINT_PICKED,
    CONNECTION_ACQUIRED,
    /** The last byte of the request was written to the endpoint. */
    REQUEST_SENT,
    RESPONSE_HEAD_RECEIVED,
    /** The last byte of the response was written to the client, or the exchange was given up. */
    FINISHED
}
