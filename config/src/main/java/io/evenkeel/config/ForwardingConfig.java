package io.evenkeel.config;

import java.util.List;

/** What the router tells an endpoint about the client, and whom it believes. */
public record ForwardingConfig(
        List<Cidr> trustedProxies,
        boolean xForwarded,
        boolean forwarded,
        boolean via,
        boolean requestId,
        boolean traceparent) {}
