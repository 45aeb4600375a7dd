package io.evenkeel.config;

/** How an endpoint is picked. */
public record BalancerConfig(Policy policy) {

    /** The load-balancing policies. */
    public enum Policy {
        LEAST_CONNECTIONS,
        ROUND_ROBIN,
        RANDOM
    }
}
