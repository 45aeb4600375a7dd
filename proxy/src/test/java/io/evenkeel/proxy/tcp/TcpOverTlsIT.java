package io.evenkeel.proxy.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TCP listeners that end TLS and relay what was in it. */
class TcpOverTlsIT {

    private static final HeldCertificate CERTIFICATE = new HeldCertificate.Builder()
            .addSubjectAlternativeName("a.test")
            .addSubjectAlternativeName("b.test")
            .build();

    private static String yaml(Path folder, TcpEndpoint named, TcpEndpoint rest) throws Exception {
        Path chain = Files.writeString(folder.resolve("it.crt"), CERTIFICATE.certificatePem());
        Path key = Files.writeString(folder.resolve("it.key"), CERTIFICATE.privateKeyPkcs8Pem());
        return "listeners: [{ name: raw, address: 127.0.0.1:0, protocol: tcp,\n"
                + "  tls: { certificates: [{ chain: " + chain + ", key: " + key + " }] },\n"
                + "  tcp: { sni: [{ hosts: [a.test], upstream: named }], upstream: rest } }]\n"
                + "upstreams:\n"
                + TcpFixture.oneUpstream("named", ", proxy-protocol: v1", named)
                + TcpFixture.oneUpstream("rest", "", rest);
    }

    private static SSLSocket secure(Socket socket, String name) throws Exception {
        HandshakeCertificates trust = new HandshakeCertificates.Builder()
                .addTrustedCertificate(CERTIFICATE.certificate())
                .build();
        SSLSocket secured = (SSLSocket) trust.sslSocketFactory().createSocket(socket, name, socket.getPort(), true);
        SSLParameters parameters = secured.getSSLParameters();
        parameters.setServerNames(List.of(new SNIHostName(name)));
        secured.setSSLParameters(parameters);
        secured.startHandshake();
        return secured;
    }

    @Test
    void whatIsInTlsIsRelayedToWhoServesTheName(@TempDir Path folder) throws Exception {
        try (TcpEndpoint named = TcpEndpoint.start();
                TcpEndpoint rest = TcpEndpoint.start();
                TcpFixture router = TcpFixture.start(yaml(folder, named, rest))) {
            try (SSLSocket client = secure(router.client(), "a.test");
                    Socket server = named.take()) {
                String header = "PROXY TCP4 127.0.0.1 127.0.0.1 " + client.getLocalPort() + " " + client.getPort();
                assertThat(Bytes.read(server, header.length() + 2)).isEqualTo(header + "\r\n");
                Bytes.exchange(client, server);
            }
            try (SSLSocket client = secure(router.client(), "b.test");
                    Socket server = rest.take()) {
                Bytes.exchange(client, server);
            }
        }
    }

    @Test
    void theEndOfAnEndpointsAnswerIsAnEndOfTls(@TempDir Path folder) throws Exception {
        try (TcpEndpoint named = TcpEndpoint.start();
                TcpEndpoint rest = TcpEndpoint.start();
                TcpFixture router = TcpFixture.start(yaml(folder, named, rest));
                SSLSocket client = secure(router.client(), "b.test");
                Socket server = rest.take()) {
            Bytes.exchange(client, server);
            Bytes.send(server, "the last words");
            server.shutdownOutput();
            assertThat(Bytes.readAll(client)).isEqualTo("the last words"); // a cut would throw
        }
    }

    @Test
    void theEndOfAClientsTlsIsTheEndOfWhatItSends(@TempDir Path folder) throws Exception {
        try (TcpEndpoint named = TcpEndpoint.start();
                TcpEndpoint rest = TcpEndpoint.start();
                TcpFixture router = TcpFixture.start(yaml(folder, named, rest));
                SSLSocket client = secure(router.client(), "b.test");
                Socket server = rest.take()) {
            Bytes.exchange(client, server);
            Bytes.send(client, "the last words");
            client.shutdownOutput();
            assertThat(Bytes.readAll(server)).isEqualTo("the last words");
        }
    }
}
