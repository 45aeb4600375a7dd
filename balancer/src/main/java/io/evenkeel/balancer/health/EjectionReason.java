package io.evenkeel.balancer.health;

import java.util.Locale;

/** Why an endpoint is ejected. */
public enum EjectionReason {
    CONNECT_FAILURES,
    GATEWAY_FAILURES,
    SUCCESS_RATE,
    LATENCY;

    /** The value of the metric label {@code reason}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
