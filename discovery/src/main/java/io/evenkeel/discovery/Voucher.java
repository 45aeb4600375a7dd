package io.evenkeel.discovery;

import java.time.Instant;

/**
 * What one source says about one endpoint, and since when it has named it without a break. Immutable.
 *
 * @param source as in {@link EndpointSource#name}
 */
public record Voucher(String source, Instant since, Endpoint says) {}
