package io.evenkeel.proxy.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.proxy.testing.RawClient;
import io.evenkeel.proxy.testing.RouterFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who resumes whose sessions. */
@Timeout(60)
final class ResumptionIT {

    private static final String GET = "GET / HTTP/1.1\r\nHost: a.test\r\n\r\n";

    private final Path folder;

    ResumptionIT(@TempDir Path folder) throws IOException {
        this.folder = folder;
        Pki.write(folder, "a", Pki.issue("a.test"));
        byte[] secret = new byte[48];
        for (int i = 1; i <= 2; i++) {
            new Random(i).nextBytes(secret);
            Files.write(folder.resolve("ticket" + i), secret);
        }
        Files.writeString(folder.resolve("clients.ca"), Pki.ROOT.certificatePem());
    }

    private RouterFixture start(String more) {
        return TlsRouter.start("tls: { directory: \"%s\"%s }".formatted(folder, more));
    }

    private RouterFixture sharing(String... keys) {
        return start(sharingKeys(keys));
    }

    private String sharingKeys(String... keys) {
        StringBuilder files = new StringBuilder(", ticket-keys: [");
        for (String key : keys) {
            files.append('"').append(folder.resolve(key)).append("\", ");
        }
        return files.append(']').toString();
    }

    /** A request whose answer was read: by then the client has the tickets that TLS 1.3 sends behind the handshake. */
    private static void visit(TlsClient client, RouterFixture router) throws IOException {
        try (RawClient open = client.open(router.address())) {
            assertThat(open.exchange(GET).status()).isEqualTo(200);
        }
    }

    private static double resumed(RouterFixture router) {
        return router.metrics().sum("evenkeel_tls_handshakes_total", "session=\"resumed\"");
    }

    @ParameterizedTest
    @CsvSource({"boringssl, TLSv1.2", "boringssl, TLSv1.3", "jdk, TLSv1.2", "jdk, TLSv1.3"})
    void aClientThatComesBackResumesItsSession(String provider, String version) throws IOException {
        TlsClient client = TlsClient.naming("a.test").version(version);
        try (RouterFixture router = start(", provider: " + provider)) {
            visit(client, router);
            assertThat(resumed(router)).isZero();
            visit(client, router);
            assertThat(resumed(router)).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void replicasThatShareAKeyResumeEachOthersSessionsWhicheverOfThemSeals(String version) throws IOException {
        TlsClient client = TlsClient.naming("a.test").version(version);
        try (RouterFixture one = sharing("ticket1");
                RouterFixture rotated = sharing("ticket2", "ticket1")) {
            visit(client, one);
            visit(client, rotated);
            assertThat(resumed(rotated)).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void replicasThatDoNotShareAKeyBeginAnew(String version) throws IOException {
        TlsClient client = TlsClient.naming("a.test").version(version);
        try (RouterFixture one = sharing("ticket1");
                RouterFixture other = sharing("ticket2");
                RouterFixture alone = start("")) {
            visit(client, one);
            visit(client, other);
            visit(client, alone);
            assertThat(resumed(other) + resumed(alone)).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void nothingIsResumedWhereTheTimeoutIsZero(String version) throws IOException {
        TlsClient client = TlsClient.naming("a.test").version(version);
        try (RouterFixture router = start(", session-timeout: 0s")) {
            visit(client, router);
            visit(client, router);
            assertThat(resumed(router)).isZero();
        }
    }

    /** Otherwise whoever has a session of the open listener gets into the other one without a certificate. */
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aSessionWithoutAClientCertificateOpensNoListenerThatAsksForOne(String version) throws IOException {
        TlsClient client = TlsClient.naming("a.test").version(version);
        String asking = ", client-certificate: { mode: optional, ca: \"%s/clients.ca\" }".formatted(folder);
        try (RouterFixture open = sharing("ticket1");
                RouterFixture guarded = start(sharingKeys("ticket1") + asking)) {
            visit(client, open);
            visit(client, guarded);
            assertThat(resumed(guarded)).isZero();
        }
    }
}
