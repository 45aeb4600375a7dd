package io.evenkeel.discovery.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;

/** An authority made for one test, with a certificate for 127.0.0.1 and one for a client, all as PEM. Immutable. */
public final class TestCertificates {

    private final HeldCertificate authority = new HeldCertificate.Builder()
            .certificateAuthority(0)
            .commonName("test authority")
            .build();
    private final HeldCertificate server;
    private final HeldCertificate client = signed("client").build();

    private TestCertificates(String host) {
        this.server = signed("server").addSubjectAlternativeName(host).build();
    }

    public static TestCertificates create() {
        return new TestCertificates("127.0.0.1");
    }

    /** The server's certificate is for somebody else. */
    public static TestCertificates forHost(String host) {
        return new TestCertificates(host);
    }

    public String authority() {
        return authority.certificatePem();
    }

    public String client() {
        return client.certificatePem();
    }

    /** PKCS #8. */
    public String clientKey() {
        return client.privateKeyPkcs8Pem();
    }

    /** What a server shows, which trusts clients of the authority. */
    public SSLContext serverContext() {
        return new HandshakeCertificates.Builder()
                .heldCertificate(server)
                .addTrustedCertificate(authority.certificate())
                .build()
                .sslContext();
    }

    Path authorityFile(Path folder) {
        return write(folder.resolve("ca.pem"), authority());
    }

    Path serverFile(Path folder) {
        return write(folder.resolve("server.pem"), server.certificatePem());
    }

    Path serverKeyFile(Path folder) {
        return write(folder.resolve("server-key.pem"), server.privateKeyPkcs8Pem());
    }

    private HeldCertificate.Builder signed(String name) {
        return new HeldCertificate.Builder().signedBy(authority).commonName(name);
    }

    private static Path write(Path file, String pem) {
        try {
            return Files.writeString(file, pem);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
