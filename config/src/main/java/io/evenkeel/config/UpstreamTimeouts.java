package io.evenkeel.config;

import java.time.Duration;

/** How long the router waits for an endpoint. Zero: no limit, where the knob says so. */
public record UpstreamTimeouts(
        Duration connect, Duration pending, Duration responseHead, Duration idle, Duration total) {}
