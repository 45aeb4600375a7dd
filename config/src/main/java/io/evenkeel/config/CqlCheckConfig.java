package io.evenkeel.config;

/**
 * The CQL request OPTIONS, answered SUPPORTED, that checks an endpoint: no login is needed for it.
 *
 * @param tls how the connection is encrypted.
 */
public record CqlCheckConfig(@Knob ClientTlsConfig tls) {}
