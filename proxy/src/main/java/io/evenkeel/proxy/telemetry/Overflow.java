package io.evenkeel.proxy.telemetry;

import java.util.Locale;

/** A limit on what an upstream is given at once, over which something was not done. */
public enum Overflow {
    /** Exchanges in the whole upstream: the request was answered 503. */
    IN_FLIGHT,
    /** Attempts at each endpoint picked: the request was answered 503, or a failed attempt was the last. */
    ENDPOINTS,
    /** Exchanges that wait for a connection: the request was answered 503. */
    PENDING,
    /** Retries at work in the whole upstream: a failed attempt was the last. */
    RETRIES,
    /** The retry budget: a failed attempt was the last. */
    RETRY_BUDGET;

    private final String label = name().toLowerCase(Locale.ROOT);

    /** The value of the metric label {@code limit}. */
    public String label() {
        return label;
    }
}
