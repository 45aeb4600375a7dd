package io.evenkeel.config;

import java.time.Duration;

/**
 * Strict-Transport-Security (RFC 6797) on every response that has none.
 *
 * @param maxAge how long browsers remember it. Duration, ≥ 0s, default 365d. 0s makes them forget it.
 * @param includeSubdomains whether it holds for the hosts below as well. true or false, default false.
 * @param preload whether browsers may have it built in. true or false, default false.
 */
public record HstsConfig(
        @Knob(byDefault = "365d") Duration maxAge,
        @Knob(byDefault = "false") boolean includeSubdomains,
        @Knob(byDefault = "false") boolean preload) {}
