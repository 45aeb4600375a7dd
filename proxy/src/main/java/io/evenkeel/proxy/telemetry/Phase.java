package io.evenkeel.proxy.telemetry;

import java.util.Locale;

/** A step of an exchange, in the order in which they happen. */
public enum Phase {
    ACCEPT,
    PARSE,
    ROUTE,
    PICK,
    ACQUIRE,
    RELAY,
    RECORD;

    private final String label = name().toLowerCase(Locale.ROOT);

    /** The value of the metric label and log field {@code phase}. */
    public String label() {
        return label;
    }
}
