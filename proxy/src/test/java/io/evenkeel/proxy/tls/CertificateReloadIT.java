package io.evenkeel.proxy.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.evenkeel.config.RouterConfig;
import io.evenkeel.proxy.Router;
import io.evenkeel.proxy.testing.RawClient;
import io.evenkeel.proxy.testing.RouterFixture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Other certificates in the same files: put in force without a connection noticing, unless there is something wrong with them. */
@Timeout(60)
final class CertificateReloadIT {

    private static final String GET = "GET / HTTP/1.1\r\nHost: a.test\r\n\r\n";
    private static final int RELOADS = 20;

    private final Path folder;
    private final String listener;

    CertificateReloadIT(@TempDir Path folder) {
        this.folder = folder;
        this.listener = "tls: { directory: \"%s\" }".formatted(folder);
        Pki.write(folder, "a", Pki.issue("a.test", "first"));
    }

    private static HeldCertificate numbered(int number) {
        return Pki.issue("n" + number + ".test", "a.test");
    }

    @Test
    void noRequestFailsWhileCertificatesChange() throws Exception {
        try (RouterFixture router = TlsRouter.start(listener)) {
            RouterConfig config = router.router().config();
            AtomicBoolean over = new AtomicBoolean();
            AtomicInteger answered = new AtomicInteger();
            List<Throwable> failures = new CopyOnWriteArrayList<>();
            Thread keeping = new Thread(() -> keep(router, over, answered, failures));
            Thread coming = new Thread(() -> come(router, over, answered, failures));
            keeping.start();
            coming.start();
            for (int i = 0; i < RELOADS; i++) {
                int before = answered.get();
                Pki.write(folder, "a", numbered(i));
                router.router().apply(config);
                await().until(() -> answered.get() > before + 2 || !failures.isEmpty());
            }
            over.set(true);
            keeping.join();
            coming.join();
            assertThat(failures).isEmpty();
            assertThat(TlsClient.naming("a.test").shown(router.address())).isEqualTo("CN=n" + (RELOADS - 1) + ".test");
        }
    }

    /** One connection over all reloads. */
    private static void keep(
            RouterFixture router, AtomicBoolean over, AtomicInteger answered, List<Throwable> failures) {
        try (RawClient client = TlsClient.naming("a.test").open(router.address())) {
            while (!over.get()) {
                assertThat(client.exchange(GET).status()).isEqualTo(200);
                answered.incrementAndGet();
            }
        } catch (IOException | AssertionError e) {
            failures.add(e);
        }
    }

    /** A connection for each request. */
    private static void come(
            RouterFixture router, AtomicBoolean over, AtomicInteger answered, List<Throwable> failures) {
        TlsClient client = TlsClient.naming("a.test");
        while (!over.get() && failures.isEmpty()) {
            try (RawClient open = client.open(router.address())) {
                assertThat(open.exchange(GET).status()).isEqualTo(200);
                answered.incrementAndGet();
            } catch (IOException | AssertionError e) {
                failures.add(e);
            }
        }
    }

    @Test
    void whatCannotBeUsedLeavesWhatIsInForce() throws IOException {
        try (RouterFixture router = TlsRouter.start(listener)) {
            RouterConfig config = router.router().config();
            Files.writeString(folder.resolve("a.key"), Pki.issue("a.test").privateKeyPkcs8Pem());
            assertThatThrownBy(() -> router.router().apply(config))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("listener web: ")
                    .hasMessageContaining("a.key\" is not the key of the certificate");
            Files.delete(folder.resolve("a.key"));
            assertThatThrownBy(() -> router.router().apply(config))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("a.key\" does not exist");
            assertThat(TlsClient.naming("a.test").shown(router.address())).isEqualTo("CN=a.test");
        }
    }

    @Test
    void metricsTellWhenTheCertificateThatIsShownExpires() {
        HeldCertificate first = Pki.issue("a.test");
        HeldCertificate second = Pki.issue("b.test");
        Pki.write(folder, "a", first);
        try (RouterFixture router = TlsRouter.start(listener)) {
            assertThat(expiry(router, "a.test", first)).isEqualTo(seconds(first));
            Pki.write(folder, "a", second);
            router.router().apply(router.router().config());
            assertThat(expiry(router, "b.test", second)).isEqualTo(seconds(second));
            assertThat(expiry(router, "a.test", first)).as("no longer shown").isZero();
        }
    }

    private static double expiry(RouterFixture router, String host, HeldCertificate certificate) {
        return router.metrics()
                .sum(
                        "evenkeel_tls_certificate_not_after_seconds",
                        "host=\"" + host + "\"",
                        "serial=\""
                                + certificate.certificate().getSerialNumber().toString(16) + "\"");
    }

    private static double seconds(HeldCertificate certificate) {
        return certificate.certificate().getNotAfter().toInstant().getEpochSecond();
    }

    @Test
    void aSessionOutlivesAReload() throws IOException {
        TlsClient client = TlsClient.naming("a.test");
        try (RouterFixture router = TlsRouter.start(listener)) {
            visit(client, router);
            Pki.write(folder, "a", Pki.issue("a.test", "first"));
            router.router().apply(router.router().config());
            visit(client, router);
            assertThat(router.metrics().sum("evenkeel_tls_handshakes_total", "session=\"resumed\""))
                    .isEqualTo(1);
        }
    }

    private static void visit(TlsClient client, RouterFixture router) throws IOException {
        try (RawClient open = client.open(router.address())) {
            assertThat(open.exchange(GET).status()).isEqualTo(200);
        }
    }

    @Test
    void aRouterDoesNotStartWithAKeyThatIsNotThere() throws IOException {
        RouterConfig config;
        try (RouterFixture router = TlsRouter.start(listener)) {
            config = router.router().config();
        }
        Files.delete(folder.resolve("a.key"));
        assertThatThrownBy(() -> Router.start(config).close())
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("listener web: \"" + folder.resolve("a.key") + "\" does not exist");
    }
}
