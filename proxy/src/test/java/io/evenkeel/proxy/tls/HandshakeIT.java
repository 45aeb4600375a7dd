package io.evenkeel.proxy.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.evenkeel.proxy.testing.RawClient;
import io.evenkeel.proxy.testing.RouterFixture;
import io.evenkeel.proxy.testing.Wire;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is agreed on in a handshake, and how those end that come to nothing. */
@Timeout(60)
final class HandshakeIT {

    private static final String GET = "GET / HTTP/1.1\r\nHost: a.test\r\n\r\n";

    private final Path folder;

    HandshakeIT(@TempDir Path folder) {
        this.folder = folder;
        Pki.write(folder, "a", Pki.issue("a.test"));
    }

    private RouterFixture start(String more) {
        return TlsRouter.start("tls: { directory: \"%s\"%s }".formatted(folder, more));
    }

    private static double failures(RouterFixture router, String reason) {
        return router.metrics().sum("evenkeel_tls_handshake_failures_total", "reason=\"" + reason + "\"");
    }

    private static void awaitFailure(RouterFixture router, String reason) {
        await().untilAsserted(
                        () -> assertThat(failures(router, reason)).as(reason).isEqualTo(1));
    }

    @ParameterizedTest
    @CsvSource({"boringssl, TLSv1.2", "boringssl, TLSv1.3", "jdk, TLSv1.2", "jdk, TLSv1.3"})
    void aRequestIsServedAndTheHandshakeCountedByItsVersion(String provider, String version) throws IOException {
        try (RouterFixture router = start(", provider: " + provider)) {
            try (RawClient client = TlsClient.naming("a.test").version(version).open(router.address())) {
                assertThat(client.exchange(GET).status()).isEqualTo(200);
                assertThat(client.exchange(GET).status()).isEqualTo(200);
            }
            assertThat(router.metrics()
                            .sum("evenkeel_tls_handshakes_total", "version=\"" + version + "\"", "session=\"new\""))
                    .isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"boringssl", "jdk"})
    void versionsBelowTheMinimumAreRefused(String provider) throws IOException {
        try (RouterFixture router = start(", min-version: tls1-3, provider: " + provider)) {
            assertThatThrownBy(
                            () -> TlsClient.naming("a.test").version("TLSv1.2").connect(router.address()))
                    .isInstanceOf(SSLException.class)
                    .hasMessageContaining("protocol_version");
            awaitFailure(router, "no_version");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"boringssl", "jdk"})
    void clientsWithoutACommonCipherAreRefused(String provider) throws IOException {
        try (RouterFixture router = start(", ciphers: [ECDHE-ECDSA-AES256-GCM-SHA384], provider: " + provider)) {
            TlsClient client = TlsClient.naming("a.test").version("TLSv1.2");
            try (SSLSocket socket = client.connect(router.address())) {
                assertThat(socket.getSession().getCipherSuite()).isEqualTo("TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384");
            }
            assertThatThrownBy(() -> client.cipher("TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256")
                            .connect(router.address()))
                    .isInstanceOf(SSLException.class)
                    .hasMessageContaining("handshake_failure");
            awaitFailure(router, "no_cipher");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"boringssl", "jdk"})
    void theProtocolIsAgreedOnByAlpnAndClientsThatOfferNoneOfOursAreRefused(String provider) throws IOException {
        try (RouterFixture router = start(", provider: " + provider)) {
            try (SSLSocket socket =
                    TlsClient.naming("a.test").offering("spdy/3", "http/1.1").connect(router.address())) {
                assertThat(socket.getApplicationProtocol()).isEqualTo("http/1.1");
            }
            assertThatThrownBy(() -> TlsClient.naming("a.test").offering("smtp").connect(router.address()))
                    .isInstanceOf(SSLException.class)
                    .hasMessageContaining("no_application_protocol");
            awaitFailure(router, "no_protocol");
        }
    }

    @Test
    void httpInTheClearIsAnsweredInIt() throws IOException {
        try (RouterFixture router = start("")) {
            try (RawClient client = router.client()) {
                assertThat(client.exchange(GET).status()).isEqualTo(400);
                assertThat(client.peerCloses()).isTrue();
            }
            awaitFailure(router, "plain_http");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "000102030405, 10, not_tls",
        "802e0100, 10, not_tls",
        "16030100040200000000, 50, hello_malformed",
        "1603010004010fffff, 22, hello_too_large",
        "16030100080100000403030000, 50, hello_malformed"
    })
    void whatIsNoHelloIsAnsweredWithTheRightAlert(String hex, int alert, String reason) throws IOException {
        byte[] octets = java.util.HexFormat.of().parseHex(hex);
        try (RouterFixture router = start("")) {
            try (RawClient client = router.client()) {
                client.send(octets);
                assertThat(client.peerCloses()).as("closed without a word").isFalse();
                assertThat(client.readToEnd()).isEqualTo(new byte[] {21, 3, 3, 0, 2, 2, (byte) alert});
            }
            awaitFailure(router, reason);
        }
    }

    @Test
    void aHelloThatIsCutOffIsAClientThatWentAway() throws IOException {
        try (RouterFixture router = start("")) {
            try (RawClient client = router.client()) {
                client.send(Arrays.copyOf(new byte[] {22, 3, 1, 2, 0, 1, 0, 1, (byte) 0xfc}, 200));
                client.halfClose();
                assertThat(client.peerCloses()).isTrue();
            }
            awaitFailure(router, "client_closed");
        }
    }

    @Test
    void whoeverTakesTooLongIsCutOffWhetherItSaysNothingOrHalfOfItsHello() throws IOException {
        try (RouterFixture router = start(", handshake-timeout: 200ms")) {
            try (RawClient silent = router.client();
                    RawClient slow = router.client()) {
                slow.send(new byte[] {22, 3, 1, 2, 0, 1, 0, 1, (byte) 0xfc});
                assertThat(silent.peerCloses()).isTrue();
                assertThat(slow.peerCloses()).isTrue();
            }
            await().untilAsserted(() -> assertThat(failures(router, "timeout")).isEqualTo(2));
        }
    }

    @Test
    void aConnectionOutlivesTheDeadlineOfItsHandshake() throws IOException {
        try (RouterFixture router = start(", handshake-timeout: 100ms");
                RawClient client = TlsClient.naming("a.test").open(router.address());
                RawClient silent = router.client()) {
            assertThat(silent.peerCloses()).as("a deadline has passed").isTrue();
            assertThat(client.exchange(GET).status()).isEqualTo(200);
        }
    }

    @Test
    void aClientThatDoesNotTrustTheCertificateIsCounted(@TempDir Path other) throws IOException {
        Pki.write(other, "b", Pki.issueBy(Pki.authority("stranger"), "a.test"));
        try (RouterFixture router = TlsRouter.start("tls: { directory: \"%s\" }".formatted(other))) {
            assertThatThrownBy(() -> TlsClient.naming("a.test").connect(router.address()))
                    .isInstanceOf(SSLException.class);
            await().untilAsserted(() -> assertThat(failures(router, "client_alert") + failures(router, "client_closed"))
                    .isEqualTo(1));
        }
    }

    @Test
    void aHelloMayComeOctetByOctet() throws Exception {
        try (RouterFixture router = start("");
                java.net.Socket plain = new java.net.Socket(
                        router.address().getAddress(), router.address().getPort())) {
            plain.setTcpNoDelay(true);
            javax.net.ssl.SSLEngine engine =
                    TlsClient.naming("a.test").context().createSSLEngine("a.test", 443);
            engine.setUseClientMode(true);
            java.nio.ByteBuffer hello =
                    java.nio.ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
            engine.wrap(java.nio.ByteBuffer.allocate(0), hello);
            for (int i = 0; i < hello.position(); i++) {
                plain.getOutputStream().write(hello.array()[i]);
            }
            assertThat(plain.getInputStream().read()).as("a handshake record").isEqualTo(22);
        }
    }

    @Test
    void theEndOfAConnectionIsAnnounced() throws IOException {
        try (RouterFixture router = start("");
                SSLSocket socket = TlsClient.naming("a.test").connect(router.address())) {
            socket.getOutputStream()
                    .write("GET / HTTP/1.1\r\nHost: a.test\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            String all = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            assertThat(all).startsWith("HTTP/1.1 200").endsWith("ok");
        }
    }

    @Test
    void aRefusalIsReadWholeByAClientThatIsStillSending() throws IOException {
        try (RouterFixture router = TlsRouter.start(
                        "limits: { max-body-bytes: 1KiB }\ntls: { directory: \"%s\" }".formatted(folder));
                RawClient client = TlsClient.naming("a.test").open(router.address())) {
            client.send("POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 4000000\r\n\r\n");
            client.sendWhilePeerListens(Wire.text(Wire.pattern(1 << 16)));
            assertThat(client.read().status()).isEqualTo(413);
        }
    }
}
