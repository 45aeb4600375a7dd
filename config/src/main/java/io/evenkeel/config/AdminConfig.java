package io.evenkeel.config;

/** Where the admin endpoints listen. */
public record AdminConfig(HostPort address) {}
