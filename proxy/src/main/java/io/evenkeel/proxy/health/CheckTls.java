package io.evenkeel.proxy.health;

import io.evenkeel.config.ClientTlsConfig;
import io.evenkeel.discovery.tls.PemTls;
import io.netty.handler.ssl.SslHandler;
import java.net.InetSocketAddress;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

/**
 * How the connections of a check are encrypted, if they are. Immutable.
 *
 * @param host the name that the certificate must have; empty: the endpoint's address
 */
record CheckTls(Optional<PemTls> pem, String host) {

    /**
     * @param key what the configuration calls these settings
     * @throws IllegalArgumentException with one line if a certificate or key is none
     */
    static CheckTls of(ClientTlsConfig config, String host, String key) {
        return new CheckTls(config.enabled() ? Optional.of(PemTls.of(config, key)) : Optional.empty(), host);
    }

    boolean enabled() {
        return pem.isPresent();
    }

    /**
     * What encrypts a connection to this address; empty: nothing does.
     *
     * @param protocols what is offered by ALPN (RFC 7301); none: no ALPN
     */
    Optional<SslHandler> handler(InetSocketAddress address, String... protocols) {
        return pem.map(tls -> {
            String name = host.isEmpty() ? address.getAddress().getHostAddress() : host;
            SSLEngine engine = tls.context().createSSLEngine(name, address.getPort());
            engine.setUseClientMode(true);
            SSLParameters parameters = engine.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            parameters.setApplicationProtocols(protocols);
            engine.setSSLParameters(parameters);
            return new SslHandler(engine);
        });
    }
}
