package io.evenkeel.discovery.swarm;

import io.evenkeel.config.ClientTlsConfig;
import io.evenkeel.config.Secret;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;

/** TLS for connections to engines, from PEM texts. */
final class EngineTls {

    private EngineTls() {}

    /** @throws EngineFailure when the texts are not what they should be; it does not repeat them */
    static SSLContext context(ClientTlsConfig config) {
        try {
            SslContextBuilder builder = SslContextBuilder.forClient().sslProvider(SslProvider.JDK);
            config.ca().ifPresent(ca -> builder.trustManager(stream(ca)));
            if (config.certificate().isPresent() && config.key().isPresent()) {
                builder.keyManager(
                        stream(config.certificate().get()), stream(config.key().get()));
            }
            return ((JdkSslContext) builder.build()).context();
        } catch (SSLException | IllegalArgumentException e) {
            throw new EngineFailure("discovery.swarm.tls: ca, certificate or key is not valid PEM: " + e.getMessage());
        }
    }

    private static InputStream stream(Secret pem) {
        return new ByteArrayInputStream(pem.value().getBytes(StandardCharsets.UTF_8));
    }
}
