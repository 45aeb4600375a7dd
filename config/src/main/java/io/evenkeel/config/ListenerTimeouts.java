package io.evenkeel.config;

import java.time.Duration;

/** How long a listener waits for its clients. A zero duration means no limit where the knob says so. */
public record ListenerTimeouts(
        Duration head,
        Duration keepAlive,
        Duration idle,
        Duration bodyRateGrace,
        Duration halfClose,
        Duration linger) {}
