package io.evenkeel.discovery;

import java.time.Instant;
import java.util.Optional;

/**
 * How a source fares: what {@code /readyz} and the {@code evenkeel_discovery_*} metrics tell about it. Immutable.
 *
 * @param name as in {@link EndpointSource#name}
 * @param lastSuccess when it last answered
 * @param failure why it does not answer; empty while it does, or before it was first heard of
 * @param successes answers so far
 * @param failures failures so far
 * @param endpoints size of its last good set
 */
public record SourceStatus(
        String name,
        Optional<Instant> lastSuccess,
        Optional<String> failure,
        long successes,
        long failures,
        int endpoints) {

    static SourceStatus unheard(String name) {
        return new SourceStatus(name, Optional.empty(), Optional.empty(), 0, 0, 0);
    }

    /** True once it has answered. */
    public boolean answered() {
        return lastSuccess.isPresent();
    }

    /** True once it has answered or failed. */
    boolean heard() {
        return successes + failures > 0;
    }

    SourceStatus succeeded(Instant when, int found) {
        return new SourceStatus(name, Optional.of(when), Optional.empty(), successes + 1, failures, found);
    }

    SourceStatus failed(String reason) {
        return new SourceStatus(name, lastSuccess, Optional.of(reason), successes, failures + 1, endpoints);
    }
}
