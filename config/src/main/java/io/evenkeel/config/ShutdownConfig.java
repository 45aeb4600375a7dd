package io.evenkeel.config;

import java.time.Duration;

/** How the router leaves: readiness off and still accepting for {@code grace}, then finishing until {@code deadline}. */
public record ShutdownConfig(Duration grace, Duration deadline) {}
