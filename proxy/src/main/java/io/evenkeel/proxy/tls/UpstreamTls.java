package io.evenkeel.proxy.tls;

import io.evenkeel.config.Secret;
import io.evenkeel.config.TlsCipher;
import io.evenkeel.config.UpstreamConfig;
import io.evenkeel.config.UpstreamTlsConfig;
import io.evenkeel.config.pem.PemException;
import io.evenkeel.config.pem.PemFiles;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.OpenSslContextOption;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLException;

/**
 * How connections to the endpoints of one upstream are encrypted. Immutable.
 *
 * <p><b>Ownership.</b> Holds the TLS context until {@link #release}; connections hold it as well.
 */
public final class UpstreamTls {

    private static final String VERIFY_NAME = "HTTPS";
    private static final int PORTS = 1 << 16;

    private final UpstreamTlsConfig config;
    private final UpstreamConfig.Protocol protocol;
    private final SslContext context;

    private UpstreamTls(UpstreamConfig upstream) throws PemException, SSLException {
        this.config = upstream.tls();
        this.protocol = upstream.protocol();
        this.context = build();
    }

    /** @throws IllegalArgumentException with one line that names the upstream and the reason */
    static UpstreamTls of(UpstreamConfig upstream) {
        try {
            return new UpstreamTls(upstream);
        } catch (PemException | SSLException e) {
            throw new IllegalArgumentException("upstream " + upstream.name() + ": tls: " + e.getMessage(), e);
        }
    }

    /** Whether this configuration asks for the same. */
    boolean serves(UpstreamConfig upstream) {
        return config.equals(upstream.tls()) && protocol == upstream.protocol();
    }

    private SslContext build() throws PemException, SSLException {
        SslProvider provider = Providers.best();
        SslContextBuilder builder = SslContextBuilder.forClient()
                .sslProvider(provider)
                .protocols("TLSv1.3", "TLSv1.2")
                .ciphers(ciphers(), SupportedCipherSuiteFilter.INSTANCE)
                .endpointIdentificationAlgorithm(config.verify() ? VERIFY_NAME : null)
                .applicationProtocolConfig(new ApplicationProtocolConfig(
                        ApplicationProtocolConfig.Protocol.ALPN,
                        ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                        ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                        alpn()));
        if (!config.verify()) {
            builder.trustManager(InsecureTrustManagerFactory.INSTANCE);
        } else if (config.ca().isPresent()) {
            builder.trustManager(PemFiles.certificates(config.ca().get().value(), "ca"));
        }
        if (config.certificate().isPresent() && config.key().isPresent()) {
            Secret certificate = config.certificate().get();
            builder.keyManager(
                    PemFiles.key(config.key().get().value(), "key"),
                    PemFiles.certificates(certificate.value(), "certificate"));
        }
        if (provider != SslProvider.JDK) {
            builder.option(OpenSslContextOption.USE_TASKS, false);
        }
        return builder.build();
    }

    private static List<String> ciphers() {
        List<String> names = new ArrayList<>(ServerContexts.TLS13_CIPHERS);
        TlsCipher.of(List.of()).forEach(cipher -> names.add(cipher.registeredName()));
        return names;
    }

    /** What endpoints are asked to speak, by ALPN. */
    private String alpn() {
        return protocol == UpstreamConfig.Protocol.HTTP2 ? "h2" : "http/1.1";
    }

    /**
     * A handler for one connection, to be put before the one that speaks the protocol. It does not watch the time.
     *
     * <p>The library is told the name that must be on the certificate. It finds sessions to resume by name and port; the port here stands for the endpoint, because
     * endpoints that share a name do not share sessions.
     */
    public SslHandler handler(ByteBufAllocator alloc, InetSocketAddress endpoint) {
        String name = config.serverName().isEmpty() ? endpoint.getAddress().getHostAddress() : config.serverName();
        int port = Math.floorMod(endpoint.hashCode(), PORTS - 1) + 1;
        return new TlsHandler(context.newHandler(alloc, name, port).engine()); // as in ServerCertificate
    }

    /** Whether an endpoint that agreed on this by ALPN, or on nothing, speaks what is wanted: HTTP/1.1 is taken for granted, HTTP/2 is not. */
    public boolean agreed(SslHandler handler) {
        return protocol != UpstreamConfig.Protocol.HTTP2 || alpn().equals(handler.applicationProtocol());
    }

    void release() {
        ReferenceCountUtil.release(context);
    }
}
