package io.evenkeel.config;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** A match and the upstream that serves it; the first route that matches wins. */
public record RouteConfig(
        String name,
        MatchConfig match,
        String upstream,
        Optional<String> rewritePathPrefix,
        OptionalLong maxBodyBytes,
        Optional<Duration> idleTimeout,
        Optional<Duration> responseHeadTimeout,
        Optional<Duration> totalTimeout) {}
