package io.evenkeel.discovery;

import java.time.Instant;
import java.util.Locale;

/**
 * Something that happened to an endpoint, a node or a source. Immutable. What does not apply is empty.
 *
 * @param at when it was noticed
 * @param upstream the upstream concerned
 * @param endpoint IP literal and port of the endpoint concerned
 * @param node the cluster node concerned, or the one the endpoint runs on
 * @param source the source that said so, as in {@link EndpointSource#name}; {@code health-check} or {@code outlier-detection} where it was they
 * @param reason why, in a few words
 */
public record DiscoveryEvent(
        Instant at, Kind kind, String upstream, String endpoint, String node, String source, String reason) {

    /** What happened. */
    public enum Kind {
        /** An endpoint that was not known before takes traffic. */
        ENDPOINT_ADDED,
        /** An endpoint that was known before takes traffic again. */
        ENDPOINT_RETURNED,
        /** An endpoint takes no new traffic; attempts in flight go on. */
        ENDPOINT_DRAINING,
        /** An endpoint is gone, and nothing is in flight at it. */
        ENDPOINT_REMOVED,
        /** Health checks found an endpoint unfit, and it takes no new traffic. */
        ENDPOINT_UNHEALTHY,
        /** Health checks found it fit again, or for the first time where it had to be checked first. */
        ENDPOINT_HEALTHY,
        /** Outlier detection took an endpoint out for a while. */
        ENDPOINT_EJECTED,
        /** It is back. */
        ENDPOINT_UNEJECTED,
        /** A cluster node stopped being there. */
        NODE_FAILED,
        /** A cluster node is back. */
        NODE_RECOVERED,
        /** A source does not answer, or not with an answer; what it said before stays true. */
        SOURCE_FAILED,
        /** A source answers again. */
        SOURCE_RECOVERED;

        /** What it is called in {@code /events} and metrics, such as {@code endpoint-added}. */
        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
