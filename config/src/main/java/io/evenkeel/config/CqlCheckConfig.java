package io.evenkeel.config;

/**
 * The CQL request OPTIONS, answered SUPPORTED, that checks an endpoint: no login is needed for it.
 *
 * @param host the name that the certificate must have. Host, default none. None: the endpoint's address.
 * @param tls how the connection is encrypted.
 */
public record CqlCheckConfig(@Knob(byDefault = "", format = TextFormat.HOST) String host, @Knob ClientTlsConfig tls) {}
