package io.evenkeel.proxy.tls;

import io.evenkeel.proxy.testing.RawClient;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.jspecify.annotations.Nullable;

/** How a client of the Java platform connects. Immutable, but for the sessions that it remembers. */
record TlsClient(
        SSLContext context, String serverName, List<String> versions, List<String> ciphers, List<String> alpn) {

    /** A client that trusts {@link Pki#ROOT} and names this server; empty: none. */
    static TlsClient naming(String serverName) {
        return new TlsClient(context(null), serverName, List.of("TLSv1.3", "TLSv1.2"), List.of(), List.of());
    }

    /** The same with a certificate of its own. */
    TlsClient showing(HeldCertificate certificate) {
        return new TlsClient(context(certificate), serverName, versions, ciphers, alpn);
    }

    TlsClient version(String only) {
        return new TlsClient(context, serverName, List.of(only), ciphers, alpn);
    }

    TlsClient cipher(String only) {
        return new TlsClient(context, serverName, versions, List.of(only), alpn);
    }

    TlsClient offering(String... protocols) {
        return new TlsClient(context, serverName, versions, ciphers, List.of(protocols));
    }

    private static SSLContext context(@Nullable HeldCertificate own) {
        HandshakeCertificates.Builder builder =
                new HandshakeCertificates.Builder().addTrustedCertificate(Pki.ROOT.certificate());
        if (own != null) {
            builder.heldCertificate(own);
        }
        return builder.build().sslContext();
    }

    /** Java remembers sessions by name and port: all routers of a test look as if they were replicas at one. */
    private static final class OneOfReplicas extends Socket {

        @Override
        public int getPort() {
            return 443;
        }
    }

    /** Connects and shakes hands. */
    SSLSocket connect(InetSocketAddress address) throws IOException {
        Socket plain = new OneOfReplicas();
        plain.connect(address);
        plain.setSoTimeout(10_000);
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(plain, "router.test", 443, true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setServerNames(serverName.isEmpty() ? List.of() : List.of(new SNIHostName(serverName)));
        parameters.setProtocols(versions.toArray(new String[0]));
        parameters.setApplicationProtocols(alpn.toArray(new String[0]));
        if (!ciphers.isEmpty()) {
            parameters.setCipherSuites(ciphers.toArray(new String[0]));
        }
        socket.setSSLParameters(parameters);
        try {
            socket.startHandshake();
        } catch (IOException e) {
            plain.close();
            throw e;
        }
        return socket;
    }

    /** The same, for requests. */
    RawClient open(InetSocketAddress address) throws IOException {
        return RawClient.over(connect(address));
    }

    /** The subject of the certificate that a handshake is answered with. */
    String shown(InetSocketAddress address) throws IOException {
        try (SSLSocket socket = connect(address)) {
            return ((java.security.cert.X509Certificate) socket.getSession().getPeerCertificates()[0])
                    .getSubjectX500Principal()
                    .getName();
        }
    }
}
