package io.evenkeel.balancer.health;

import io.evenkeel.config.HealthCheckConfig;
import io.evenkeel.config.PhiConfig;
import java.time.Duration;

/**
 * How much one endpoint is suspected of being dead, for not answering checks.
 *
 * <p>A silence begins when a check is sent and not when the last one passed, because the time between is the router's own choice: intervals that vary, the fast
 * one included, and waits for a place then change nothing. It ends when the endpoint answers. A check that timed out does not end it; one that was answered
 * with a failure does, for then the endpoint is not silent, and counting failures is the {@link Verdict}'s business. Not thread-safe.
 */
final class Suspicion {

    /** Per cent of the weight that is left just below the φ that ejects: enough to see the endpoint recover, little enough to spare it. */
    private static final int LEAST_WEIGHT = 10;

    /** Per cent: each step of the weight makes a picker anew. */
    private static final int WEIGHT_STEP = 10;

    /** Of what a check may take: what is assumed of its deviation at first, as Akka assumes of its interval. */
    private static final int FIRST_DEVIATION_SHARE = 4;

    private final PhiConfig config;
    private final PhiAccrual accrual;
    private boolean silent;
    private long silentSinceNanos;
    private long sentNanos;

    Suspicion(HealthCheckConfig config) {
        this.config = config.phi();
        Duration first = config.timeout().dividedBy(FIRST_DEVIATION_SHARE);
        this.accrual = new PhiAccrual(config.phi(), first);
    }

    /** A check is sent now. */
    void sent(long nowNanos) {
        sentNanos = nowNanos;
        if (!silent) {
            silent = true;
            silentSinceNanos = nowNanos;
        }
    }

    /** The check sent last is answered now, as it must be. */
    void passed(long nowNanos) {
        silent = false;
        accrual.add(nowNanos - sentNanos);
    }

    /** The check sent last is answered, badly. */
    void answered() {
        silent = false;
    }

    /** So much of the silence was not the endpoint's: nobody listened. */
    void excuse(long nanos) {
        silentSinceNanos += nanos;
        sentNanos += nanos;
    }

    /** Whether a check is unanswered. */
    boolean silent() {
        return silent;
    }

    /** Nanoseconds since the first check that is unanswered, 0 if there is none. */
    long silenceNanos(long nowNanos) {
        return silent ? nowNanos - silentSinceNanos : 0;
    }

    /** 0 and more; 0 while nothing is awaited. */
    double phi(long nowNanos) {
        return silent ? accrual.phi(nowNanos - silentSinceNanos) : 0;
    }

    /** Whether so much suspicion ejects. */
    boolean ejects(double phi) {
        return phi >= config.ejectAt();
    }

    /** How much of its weight an endpoint keeps under this suspicion: all below {@code weaken-at}, then less and less, in steps. */
    int weightPercent(double phi) {
        if (phi < config.weakenAt()) {
            return 100;
        }
        double share = Math.min(1, (phi - config.weakenAt()) / (config.ejectAt() - config.weakenAt()));
        int steps = (int) ((100 - share * (100 - LEAST_WEIGHT)) / WEIGHT_STEP);
        return Math.max(LEAST_WEIGHT, steps * WEIGHT_STEP);
    }
}
