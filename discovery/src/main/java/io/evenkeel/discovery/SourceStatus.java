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
 * @param endpoints how many of its endpoints count: those of its last answer that was believed, and what a doubted one adds
 * @param stale whether what counts is what an earlier run left, because the source has not answered since the start
 * @param held what it says that is not believed yet, such as {@code 1 endpoint after 6, not believed until 12:00:05Z}
 */
public record SourceStatus(
        String name,
        Optional<Instant> lastSuccess,
        Optional<String> failure,
        long successes,
        long failures,
        int endpoints,
        boolean stale,
        Optional<String> held) {

    /** One of a source that is neither stale nor doubted. */
    public SourceStatus(
            String name,
            Optional<Instant> lastSuccess,
            Optional<String> failure,
            long successes,
            long failures,
            int endpoints) {
        this(name, lastSuccess, failure, successes, failures, endpoints, false, Optional.empty());
    }

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

    /** True while its last word was an answer. */
    public boolean answers() {
        return answered() && failure.isEmpty();
    }

    SourceStatus succeeded(Instant when) {
        return new SourceStatus(
                name, Optional.of(when), Optional.empty(), successes + 1, failures, endpoints, false, held);
    }

    SourceStatus failed(String reason) {
        return new SourceStatus(
                name, lastSuccess, Optional.of(reason), successes, failures + 1, endpoints, stale, Optional.empty());
    }

    SourceStatus restored(int counting) {
        return new SourceStatus(name, lastSuccess, failure, successes, failures, counting, true, held);
    }

    SourceStatus doubted(String what, int counting) {
        return new SourceStatus(name, lastSuccess, failure, successes, failures, counting, stale, Optional.of(what));
    }

    SourceStatus believed(int counting) {
        return new SourceStatus(name, lastSuccess, failure, successes, failures, counting, stale, Optional.empty());
    }
}
