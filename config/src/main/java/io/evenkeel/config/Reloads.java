package io.evenkeel.config;

import java.time.Instant;
import java.util.Optional;

/**
 * What became of all reloads so far. Immutable.
 *
 * @param applied reloads that changed the running configuration or confirmed it
 * @param rejected reloads that left it as it was
 * @param lastApplied when the last one was applied; empty before the first
 */
public record Reloads(long applied, long rejected, Optional<Instant> lastApplied) {

    /** Before the first reload. */
    public static final Reloads NONE = new Reloads(0, 0, Optional.empty());

    Reloads withApplied(Instant now) {
        return new Reloads(applied + 1, rejected, Optional.of(now));
    }

    Reloads withRejected() {
        return new Reloads(applied, rejected + 1, lastApplied);
    }
}
