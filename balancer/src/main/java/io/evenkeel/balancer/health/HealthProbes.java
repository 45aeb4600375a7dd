package io.evenkeel.balancer.health;

import io.evenkeel.config.HealthCheckConfig;

/** Makes the probe that a configuration describes. */
public interface HealthProbes {

    /** Of a process that cannot check anything. */
    HealthProbes NONE = config -> {
        throw new IllegalArgumentException("no health checks can be made here");
    };

    /** @throws IllegalArgumentException with one line if the configuration holds what is of no use, such as a certificate that is none */
    HealthProbe probe(HealthCheckConfig config);
}
