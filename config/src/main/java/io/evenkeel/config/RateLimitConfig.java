package io.evenkeel.config;

import java.time.Duration;
import java.util.Optional;

/**
 * How many requests a route takes of each client or key, in this router alone; what is over is answered 429 with Retry-After.
 *
 * @param requests requests per {@code per}. Count, 1 to 10000000, required.
 * @param per the time that they are counted in. Duration, 1s to 24h, default 1s.
 * @param burst requests at once after a lull. Count, 0 to 10000000, default 0. 0 is as many as {@code requests}.
 * @param key what is counted apart; none: all requests of the route together. Requests without the key are counted together.
 * @param maxKeys most keys that are remembered. Count, 1 to 10000000, default 100000. Beyond, the least recently seen is forgotten.
 */
public record RateLimitConfig(
        @Knob(min = "1", max = "10000000", need = Knob.Need.FREQUENT) int requests,
        @Knob(byDefault = "1s", min = "1s", max = "24h", need = Knob.Need.FREQUENT) Duration per,
        @Knob(byDefault = "0", max = "10000000") int burst,
        @Knob Optional<HashKeyConfig> key,
        @Knob(byDefault = "100000", min = "1", max = "10000000") int maxKeys) {}
