package io.evenkeel.config;

import java.util.List;
import java.util.Optional;

/** What a request must look like; all given parts must match, an absent part matches everything. */
public record MatchConfig(
        List<String> hosts,
        Optional<String> path,
        Optional<String> pathPrefix,
        List<String> methods,
        List<HeaderMatch> headers) {}
