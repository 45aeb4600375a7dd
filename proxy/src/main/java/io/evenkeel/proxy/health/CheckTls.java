package io.evenkeel.proxy.health;

import io.evenkeel.config.ClientTlsConfig;
import io.evenkeel.discovery.tls.PemTls;
import io.netty.handler.ssl.SslHandler;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

/**
 * How the connections of a check are encrypted, if they are. Immutable.
 *
 * @param host the name that the certificate must have; empty: the endpoint's address
 * @param protocols what is offered by ALPN (RFC 7301); none: no ALPN
 */
record CheckTls(Optional<PemTls> pem, String host, List<String> protocols) {

    static final CheckTls NONE = new CheckTls(Optional.empty(), "", List.of());

    /**
     * @param key what the configuration calls these settings
     * @throws IllegalArgumentException with one line if a certificate or key is none
     */
    static CheckTls of(ClientTlsConfig config, String host, String key, String... protocols) {
        Optional<PemTls> pem = config.enabled() ? Optional.of(PemTls.of(config, key)) : Optional.empty();
        return new CheckTls(pem, host, List.of(protocols));
    }

    boolean enabled() {
        return pem.isPresent();
    }

    /** What encrypts a connection to this address; empty: nothing does. */
    Optional<SslHandler> handler(InetSocketAddress address) {
        return pem.map(tls -> {
            String name = host.isEmpty() ? address.getAddress().getHostAddress() : host;
            SSLEngine engine = tls.context().createSSLEngine(name, address.getPort());
            engine.setUseClientMode(true);
            SSLParameters parameters = engine.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            parameters.setApplicationProtocols(protocols.toArray(new String[0]));
            engine.setSSLParameters(parameters);
            return new SslHandler(engine);
        });
    }
}
