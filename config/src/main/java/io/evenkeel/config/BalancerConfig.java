package io.evenkeel.config;

/**
 * How an endpoint is picked.
 *
 * @param policy the load-balancing policy. least-connections, round-robin or random, default least-connections.
 *     least-connections keeps slow endpoints from filling up; round-robin and random ignore load.
 */
public record BalancerConfig(@Knob(byDefault = "least-connections", need = Knob.Need.FREQUENT) Policy policy) {

    /** The load-balancing policies. */
    public enum Policy {
        LEAST_CONNECTIONS,
        ROUND_ROBIN,
        RANDOM
    }

    /** What a file that says nothing gets. */
    public static BalancerConfig defaults() {
        return Binder.defaults(BalancerConfig.class);
    }
}
