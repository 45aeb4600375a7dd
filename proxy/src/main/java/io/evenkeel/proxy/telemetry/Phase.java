package io.evenkeel.proxy.telemetry;

/** A step of an exchange, in the order in which they happen. */
public enum Phase {
    ACCEPT,
    PARSE,
    ROUTE,
    PICK,
    ACQUIRE,
    RELAY,
    RECORD
}
