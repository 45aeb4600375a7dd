package io.evenkeel.discovery;

import java.time.Instant;

/**
 * What one source says about one endpoint, and since when it has named it without a break. Immutable.
 *
 * @param source as in {@link EndpointSource#name}
 * @param since of a stale one: when its source last confirmed it, in an earlier run
 * @param stale whether this is what an earlier run of the router heard, and its source has not confirmed it since
 */
public record Voucher(String source, Instant since, Endpoint says, boolean stale) {

    /** What a source said in this run. */
    public Voucher(String source, Instant since, Endpoint says) {
        this(source, since, says, false);
    }
}
