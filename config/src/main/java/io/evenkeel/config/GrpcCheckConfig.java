package io.evenkeel.config;

/**
 * A call of {@code grpc.health.v1.Health/Check}, answered SERVING, that checks an endpoint.
 *
 * @param service the service that is asked for. Text, default none. None: the server as a whole.
 * @param host the authority of the call, and the name that the certificate must have. Host, default none. None: the endpoint's address.
 * @param tls how the connection is encrypted.
 */
public record GrpcCheckConfig(
        @Knob(byDefault = "") String service,
        @Knob(byDefault = "", format = TextFormat.HOST) String host,
        @Knob ClientTlsConfig tls) {}
