package io.evenkeel.config;

import java.time.Duration;

/**
 * How {@code evenkeel register} writes Swarm tasks into Consul: tasks of services labelled {@code evenkeel.enable=true} with an {@code evenkeel.port}.
 *
 * @param interval how often Consul is compared with Swarm, besides after each change. Duration, ≥ 500ms, default 5s. Less repairs
 *     what others changed in Consul sooner.
 * @param ttl how long a registration stays healthy without a sign of life. Duration, ≥ 5s, default 60s. More rides out
 *     longer absences of the registrar; less notices its death sooner.
 * @param deregisterAfter how long a registration without a sign of life stays. Duration, ≥ 60s, default 30m.
 */
public record RegisterConfig(
        @Knob(byDefault = "5s", min = "500ms") Duration interval,
        @Knob(byDefault = "60s", min = "5s") Duration ttl,
        @Knob(byDefault = "30m", min = "1m") Duration deregisterAfter) {

    /** What a file that says nothing gets. */
    public static RegisterConfig defaults() {
        return Binder.defaults(RegisterConfig.class);
    }
}
