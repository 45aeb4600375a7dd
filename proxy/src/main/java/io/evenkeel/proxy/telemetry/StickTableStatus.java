package io.evenkeel.proxy.telemetry;

/**
 * How full the stick table of an upstream is. Immutable.
 *
 * @param entries keys remembered
 * @param evictions keys forgotten to make room for others, since the table was made
 */
public record StickTableStatus(String upstream, int entries, long evictions) {}
