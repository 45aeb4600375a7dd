package io.evenkeel.balancer.health;

import io.evenkeel.balancer.health.ProbeResult.Outcome;
import io.evenkeel.config.HealthCheckConfig;
import io.evenkeel.discovery.Scheduler;
import java.util.random.RandomGenerator;

/**
 * What the checks of one upstream share.
 *
 * @param probe asks an endpoint once
 * @param random spreads the checks
 * @param places bounds the checks under way, over all upstreams
 * @param counts how checks end
 */
public record CheckContext(
        HealthCheckConfig config,
        HealthProbe probe,
        Scheduler scheduler,
        RandomGenerator random,
        CheckPlaces places,
        EnumCounts<Outcome> counts) {}
