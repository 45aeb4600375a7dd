package io.evenkeel.config;

/** A host (IP literal or name, without brackets) and a port, 0–65535; 0 asks the system for a free one. */
public record HostPort(String host, int port) {}
