package io.evenkeel.proxy.telemetry;

/** Who is to blame. */
public enum Side {
    DOWNSTREAM,
    ROUTER,
    UPSTREAM
}
