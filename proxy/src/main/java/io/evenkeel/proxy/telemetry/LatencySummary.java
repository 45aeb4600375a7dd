package io.evenkeel.proxy.telemetry;

/**
 * How long exchanges took since the start, as quantiles that are within 10 %. Immutable.
 *
 * @param count exchanges that ended
 * @param p50Micros half of them took no longer; the others likewise, in microseconds
 */
public record LatencySummary(long count, long p50Micros, long p90Micros, long p99Micros, long p999Micros) {}
