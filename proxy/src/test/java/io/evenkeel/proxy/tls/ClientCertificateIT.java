package io.evenkeel.proxy.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.evenkeel.proxy.testing.RawClient;
import io.evenkeel.proxy.testing.RecordEdit;
import io.evenkeel.proxy.testing.RouterFixture;
import io.evenkeel.proxy.testing.TestConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who clients are, by their certificates, and what endpoints are told of it. */
@Timeout(60)
final class ClientCertificateIT {

    private static final String FIELD = "X-Client-Certificate-Subject";
    private static final String GET = "GET / HTTP/1.1\r\nHost: a.test\r\n\r\n";
    private static final String FORGED = "GET / HTTP/1.1\r\nHost: a.test\r\n" + FIELD + ": CN=root\r\n"
            + "x_client_CERTIFICATE-subject: CN=root\r\nConnection: " + FIELD + "\r\n\r\n";

    private static final HeldCertificate ALICE = Pki.issue("alice.test");
    /** Of an authority that has the name of the trusted one, or clients would not even show it. */
    private static final HeldCertificate STRANGER = Pki.issueBy(Pki.authority("tests"), "mallory.test");

    private final Path folder;

    ClientCertificateIT(@TempDir Path folder) throws IOException {
        this.folder = folder;
        Pki.write(folder, "a", Pki.issue("a.test"));
        Files.writeString(folder.resolve("clients.ca"), Pki.ROOT.certificatePem());
    }

    private String tls(String mode, String provider) {
        return "tls: { directory: \"%s\", provider: %s, client-certificate: { mode: %s, ca: \"%s/clients.ca\" } }"
                .formatted(folder, provider, mode, folder);
    }

    private static List<String> told(RouterFixture router) {
        return router.upstream().requests().get(router.upstream().requests().size() - 1).fields().lines().stream()
                .filter(field -> field.name().replace('_', '-').equalsIgnoreCase(FIELD))
                .map(field -> field.value())
                .toList();
    }

    @ParameterizedTest
    @CsvSource({"boringssl, TLSv1.2", "boringssl, TLSv1.3", "jdk, TLSv1.2", "jdk, TLSv1.3"})
    void theSubjectIsPassedOnAndWhatTheClientSaysOfItIsNot(String provider, String version) throws IOException {
        TlsClient alice = TlsClient.naming("a.test").version(version).showing(ALICE);
        try (RouterFixture router = TlsRouter.start(tls("required", provider))) {
            try (RawClient client = alice.open(router.address())) {
                assertThat(client.exchange(FORGED).status()).isEqualTo(200);
                assertThat(told(router)).containsExactly("CN=alice.test");
            }
            try (RawClient again = alice.open(router.address())) {
                assertThat(again.exchange(GET).status()).isEqualTo(200);
                assertThat(told(router)).as("of a session that is resumed").containsExactly("CN=alice.test");
            }
            assertThat(router.metrics().sum("evenkeel_tls_handshakes_total", "session=\"resumed\""))
                    .isEqualTo(1);
        }
    }

    @ParameterizedTest
    @CsvSource({"boringssl, TLSv1.2", "boringssl, TLSv1.3", "jdk, TLSv1.2", "jdk, TLSv1.3"})
    void whoeverShowsNoneOrOneThatIsNotTrustedIsRefusedWhereOneIsRequired(String provider, String version)
            throws IOException {
        TlsClient client = TlsClient.naming("a.test").version(version);
        try (RouterFixture router = TlsRouter.start(tls("required", provider))) {
            assertThatThrownBy(() -> exchange(client, router)).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> exchange(client.showing(STRANGER), router)).isInstanceOf(IOException.class);
            assertThat(router.upstream().requests()).isEmpty();
            await().untilAsserted(() -> assertThat(router.metrics()
                            .sum("evenkeel_tls_handshake_failures_total", "reason=\"client_certificate\""))
                    .isEqualTo(2));
        }
    }

    /** In TLS 1.3 a client may believe for a moment that it is let in. */
    private static void exchange(TlsClient client, RouterFixture router) throws IOException {
        try (RawClient open = client.open(router.address())) {
            open.exchange(GET);
        }
    }

    @Test
    void whereOneIsOptionalWhoeverShowsNoneIsServedButNotWhoeverShowsABadOne() throws IOException {
        TlsClient client = TlsClient.naming("a.test");
        try (RouterFixture router = TlsRouter.start(tls("optional", "auto"))) {
            try (RawClient nobody = client.open(router.address())) {
                assertThat(nobody.exchange(FORGED).status()).isEqualTo(200);
                assertThat(told(router)).isEmpty();
            }
            assertThatThrownBy(() -> exchange(client.showing(STRANGER), router)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void noListenerOfTheRouterLetsAClientForgeIt() throws IOException {
        try (RouterFixture router = RouterFixture.start(address -> {
            var secured = TlsRouter.config(tls("required", "auto"), address);
            var plain = TestConfig.full(address).listeners().get(0);
            return TestConfig.with(
                    secured,
                    "listeners",
                    List.of(plain, RecordEdit.with(secured.listeners().get(0), "name", "secured")));
        })) {
            try (RawClient client = router.client()) {
                assertThat(client.exchange(FORGED).status()).isEqualTo(200);
                assertThat(told(router)).isEmpty();
            }
        }
    }
}
