package io.evenkeel.config;

/** A bound address and its settings. */
public record ListenerConfig(
        String name,
        HostPort address,
        Protocol protocol,
        int backlog,
        ListenerLimits limits,
        ListenerTimeouts timeouts,
        ForwardingConfig forwarding) {

    /** What a listener speaks. */
    public enum Protocol {
        HTTP,
        TCP
    }
}
