package io.evenkeel.proxy.telemetry;

import java.util.Locale;

/** Who is to blame. */
public enum Side {
    DOWNSTREAM,
    ROUTER,
    UPSTREAM;

    private final String label = name().toLowerCase(Locale.ROOT);

    /** The value of the metric label and log field {@code side}. */
    public String label() {
        return label;
    }
}
