package io.evenkeel.balancer.endpoint;

import java.time.Instant;
import java.util.Optional;

/**
 * What the control plane holds of an endpoint's fitness: what checks say, and whether it is ejected. Immutable.
 *
 * @param health what health checks say
 * @param detail the last check in a few words, such as {@code status 500 (expected: 200-399)}; empty before the first
 * @param phi the suspicion, 0 where nothing is suspected or checked
 * @param weightPercent how much of its weight it keeps, 1–100
 * @param usable whether health checks let it be used
 */
public record Standing(
        Health health, String detail, double phi, int weightPercent, boolean usable, Optional<Ejection> ejection) {

    /** Of an endpoint that nobody checks. */
    public static final Standing UNCHECKED = new Standing(Health.UNKNOWN, "", 0, 100, true, Optional.empty());

    /** What health checks say. */
    public enum Health {
        /** It is not checked, or was not yet. */
        UNKNOWN,
        HEALTHY,
        UNHEALTHY
    }

    /**
     * An endpoint taken out for a while for how it behaved.
     *
     * @param reason why, in a few words
     * @param until when it returns at the latest
     */
    public record Ejection(String reason, Instant until) {}

    /** Whether it must pass its first check before it is sent anything, however few others there are. */
    public boolean awaitsCheck() {
        return health == Health.UNKNOWN && !usable;
    }

    /** Whether it may be sent traffic. */
    public boolean fit() {
        return usable && ejection.isEmpty();
    }

    /** The same with another ejection, or none. */
    public Standing with(Optional<Ejection> other) {
        return new Standing(health, detail, phi, weightPercent, usable, other);
    }

    /** The same ejection, with other health. */
    public Standing with(Health now, String nowDetail, double nowPhi, int nowWeightPercent, boolean nowUsable) {
        return new Standing(now, nowDetail, nowPhi, nowWeightPercent, nowUsable, ejection);
    }
}
