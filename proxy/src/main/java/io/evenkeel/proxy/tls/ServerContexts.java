package io.evenkeel.proxy.tls;

import io.evenkeel.config.ClientCertificateConfig;
import io.evenkeel.config.ListenerTlsConfig;
import io.evenkeel.config.TlsCipher;
import io.evenkeel.config.pem.CertifiedKey;
import io.evenkeel.config.pem.PemException;
import io.evenkeel.config.pem.PemFiles;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.OpenSslContextOption;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLException;

/** Makes the TLS contexts of one listener, which differ in nothing but the certificate. Immutable. */
final class ServerContexts {

    static final List<String> TLS13_CIPHERS =
            List.of("TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256");

    /** Only ever in memory: the default derives a key from a password to encrypt it, which takes a tenth of a second when the JVM is cold. */
    private static final String KEY_STORE = "JKS";

    private final ListenerTlsConfig config;
    private final SslProvider provider;
    private final List<String> protocols;
    private final List<X509Certificate> clientAuthorities;

    /** @param protocols offered by ALPN; none: ALPN is not spoken */
    ServerContexts(ListenerTlsConfig config, List<String> protocols) throws PemException {
        this.config = config;
        this.provider = Providers.choose(config.provider());
        this.protocols = protocols;
        String ca = config.clientCertificate().ca();
        this.clientAuthorities = ca.isEmpty() ? List.of() : PemFiles.certificates(Path.of(ca));
    }

    List<X509Certificate> clientAuthorities() {
        return clientAuthorities;
    }

    SslContext build(CertifiedKey from, boolean ocsp) throws SSLException {
        SslContextBuilder builder = SslContextBuilder.forServer(from.key(), from.chain())
                .sslProvider(provider)
                .keyStoreType(KEY_STORE)
                .protocols(versions())
                .ciphers(ciphers(), SupportedCipherSuiteFilter.INSTANCE)
                .sessionTimeout(Math.max(1, config.sessionTimeout().toSeconds()))
                .clientAuth(clientAuth())
                .trustManager(trusted(from));
        if (!protocols.isEmpty()) {
            builder.applicationProtocolConfig(new ApplicationProtocolConfig(
                    ApplicationProtocolConfig.Protocol.ALPN,
                    ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                    ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                    protocols));
        }
        if (provider != SslProvider.JDK) {
            builder.option(OpenSslContextOption.USE_TASKS, false).enableOcsp(ocsp);
        }
        return builder.build();
    }

    /** Without authorities nobody is asked for a certificate; to be given nobody, Netty would read all those that the platform trusts. */
    private List<X509Certificate> trusted(CertifiedKey from) {
        return clientAuthorities.isEmpty() ? from.chain() : clientAuthorities;
    }

    private List<String> versions() {
        return config.minVersion() == ListenerTlsConfig.Version.TLS1_3
                ? List.of("TLSv1.3")
                : List.of("TLSv1.3", "TLSv1.2");
    }

    private List<String> ciphers() {
        List<String> names = new ArrayList<>(TLS13_CIPHERS);
        if (config.minVersion() == ListenerTlsConfig.Version.TLS1_2) {
            TlsCipher.of(config.ciphers()).forEach(cipher -> names.add(cipher.registeredName()));
        }
        return names;
    }

    private ClientAuth clientAuth() {
        ClientCertificateConfig.Mode mode = config.clientCertificate().mode();
        return switch (mode) {
            case NONE -> ClientAuth.NONE;
            case OPTIONAL -> ClientAuth.OPTIONAL;
            case REQUIRED -> ClientAuth.REQUIRE;
        };
    }
}
