package io.evenkeel.balancer;

import io.evenkeel.balancer.health.EjectionReason;
import io.evenkeel.balancer.health.ProbeResult.Outcome;
import java.util.Map;

/**
 * What checks and outlier detection of one upstream have done since it is configured. Immutable.
 *
 * @param checks health checks by how they ended
 * @param ejections by reason
 */
public record FitnessCounts(Map<Outcome, Long> checks, Map<EjectionReason, Long> ejections) {

    /** Of an upstream that nothing was done for. */
    public static final FitnessCounts NONE = new FitnessCounts(Map.of(), Map.of());
}
