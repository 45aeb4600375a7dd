package io.evenkeel.config;

/** A host (IP literal or name, without brackets) and a port, 0–65535; 0 asks the system for a free one. */
public record HostPort(String host, int port) {

    /** As it is written in YAML: {@code host:port}, an IPv6 literal in brackets. */
    @Override
    public String toString() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
}
