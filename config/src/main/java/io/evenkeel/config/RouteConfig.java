package io.evenkeel.config;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A match and the upstream that serves it; the first route that matches wins.
 *
 * @param name what logs and metrics call it. Route name, default none. None: made from the first host (or {@code *})
 *     and the path of the match.
 * @param match which requests it takes; left out: all.
 * @param upstream the upstream that serves it. Name, required.
 * @param tags the tags that an endpoint must have to be sent these requests. Tags, default none.
 * @param tagsFallback what becomes of a request when no usable endpoint has them. none, any or loosen, default none. none answers 503; any takes every endpoint;
 *     loosen gives up the last tag, then the one before it, and so on.
 * @param priority how much the route matters when the router is overloaded; the lowest are rejected first. Count, 0 to 9, default 5.
 * @param rateLimit how many requests it takes; none: all.
 * @param rewritePathPrefix what replaces the matched path prefix on the way to the endpoint. Path, default none.
 * @param maxBodyBytes the listener's {@code max-body-bytes} for this route. Size, ≥ 0, default none. 0 is unlimited.
 * @param idleTimeout the upstream's {@code timeouts.idle} for this route. Duration, ≥ 0s, default none. 0 is no
 *     limit; event streams and long polls need more than others.
 * @param responseHeadTimeout the upstream's {@code timeouts.response-head} for this route. Duration, ≥ 0s, default
 *     none. 0 is no limit; more lets slow answers finish and hold a permit.
 * @param upgrades the protocols that a client may turn its connection into (RFC 9110 §7.8). Tokens, default websocket. [] refuses all.
 * @param tunnelIdleTimeout silence in both directions of such a connection. Duration, ≥ 0s, default 1h. 0 is no limit.
 * @param totalTimeout the upstream's {@code timeouts.total} for this route. Duration, ≥ 0s, default none. 0 is no limit.
 */
public record RouteConfig(
        @Knob(byDefault = "", format = TextFormat.ROUTE_NAME) String name,
        @Knob MatchConfig match,
        @Knob(format = TextFormat.NAME, need = Knob.Need.ESSENTIAL) String upstream,
        @Knob(format = TextFormat.TAG, need = Knob.Need.FREQUENT) Map<String, String> tags,
        @Knob(byDefault = "none") TagsFallback tagsFallback,
        @Knob(byDefault = "5", max = "9") int priority,
        @Knob Optional<RateLimitConfig> rateLimit,
        @Knob(format = TextFormat.PATH, need = Knob.Need.FREQUENT) Optional<String> rewritePathPrefix,
        @Knob OptionalLong maxBodyBytes,
        @Knob(need = Knob.Need.FREQUENT) Optional<Duration> idleTimeout,
        @Knob(need = Knob.Need.FREQUENT) Optional<Duration> responseHeadTimeout,
        @Knob(byDefault = "websocket", format = TextFormat.TOKEN) List<String> upgrades,
        @Knob(byDefault = "1h") Duration tunnelIdleTimeout,
        @Knob Optional<Duration> totalTimeout) {

    /** A route with everything but these at its default. */
    public static RouteConfig of(String name, MatchConfig match, String upstream) {
        return new RouteConfig(
                name,
                match,
                upstream,
                Map.of(),
                TagsFallback.NONE,
                5,
                Optional.empty(),
                Optional.empty(),
                OptionalLong.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of("websocket"),
                Duration.ofHours(1),
                Optional.empty());
    }

    /** What becomes of a request for tags that no usable endpoint has. */
    public enum TagsFallback {
        NONE,
        ANY,
        LOOSEN
    }

    /** An empty name becomes the first host, or {@code *}, and the path or path prefix of the match. */
    public RouteConfig {
        upgrades = List.copyOf(upgrades);
        if (name.isEmpty()) {
            String host = match.hosts().isEmpty() ? "*" : match.hosts().get(0);
            name = host + match.path().or(match::pathPrefix).orElse("");
        }
    }
}
