package io.evenkeel.balancer.endpoint;

/** How an endpoint failed an attempt. */
public enum Fault {
    /** It took no connection. */
    CONNECT,
    /** It reset, fell silent, answered what is no HTTP, or 502, 503 or 504. */
    GATEWAY,
    /** It answered 503 with Retry-After: it is well, and wants less. Not a failure to outlier detection, but one to limits that adapt. */
    BACK_PRESSURE
}
