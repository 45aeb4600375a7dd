package io.evenkeel.proxy.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.proxy.testing.RawClient;
import io.evenkeel.proxy.testing.RawResponse;
import io.evenkeel.proxy.testing.RouterFixture;
import io.evenkeel.proxy.testing.TestConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Endpoints that are spoken to over TLS: whom the router trusts, and what becomes of requests where it does not. */
@Timeout(60)
final class UpstreamTlsIT {

    private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

    private final Path ca;

    UpstreamTlsIT(@TempDir Path folder) throws IOException {
        ca = folder.resolve("ca.pem");
        Files.writeString(ca, Pki.ROOT.certificatePem());
    }

    private RouterFixture start(TlsEndpoint endpoint, String more) {
        return RouterFixture.start(unused -> TlsRouter.config(
                "", endpoint.address(), "tls: { enabled: true, ca-file: \"%s\"%s }".formatted(ca, more)));
    }

    private static RawResponse get(RouterFixture router) throws IOException {
        try (RawClient client = router.client()) {
            return client.exchange(GET);
        }
    }

    private static void assertRefused(RouterFixture router) throws IOException {
        assertThat(get(router).status()).isEqualTo(502);
        assertThat(router.metrics().sum("evenkeel_failures_total", "reason=\"tls_failed\""))
                .isEqualTo(1);
    }

    @Test
    void anEndpointIsKnownByItsAddressOrByTheNameThatIsConfigured() throws IOException {
        try (TlsEndpoint byAddress = TlsEndpoint.start(Pki.issue("127.0.0.1"));
                TlsEndpoint byName = TlsEndpoint.start(Pki.issue("db.internal"));
                RouterFixture one = start(byAddress, "");
                RouterFixture other = start(byName, ", server-name: db.internal")) {
            assertThat(get(one).body().text()).isEqualTo("ok");
            assertThat(get(other).body().text()).isEqualTo("ok");
            assertThat(get(other).body().text()).isEqualTo("ok");
            assertThat(byName.connections()).as("connections for two requests").isEqualTo(1);
        }
    }

    @Test
    void aCertificateForAnotherNameIsRefused() throws IOException {
        try (TlsEndpoint endpoint = TlsEndpoint.start(Pki.issue("other.internal", "127.0.0.1"));
                RouterFixture router = start(endpoint, ", server-name: db.internal")) {
            assertRefused(router);
            assertThat(endpoint.requests()).isZero();
        }
    }

    @Test
    void anExpiredCertificateIsRefused() throws IOException {
        try (TlsEndpoint endpoint = TlsEndpoint.start(Pki.expired("127.0.0.1"));
                RouterFixture router = start(endpoint, "")) {
            assertRefused(router);
            assertThat(endpoint.requests()).isZero();
        }
    }

    @Test
    void aCertificateOfAnAuthorityThatIsNotTrustedIsRefusedUnlessNobodyIsVerified() throws IOException {
        HeldCertificate stranger = Pki.issueBy(Pki.authority("stranger"), "127.0.0.1");
        try (TlsEndpoint endpoint = TlsEndpoint.start(stranger);
                RouterFixture router = start(endpoint, "");
                RouterFixture careless = RouterFixture.start(
                        unused -> TlsRouter.config("", endpoint.address(), "tls: { enabled: true, verify: false }"))) {
            assertRefused(router);
            assertThat(endpoint.requests()).isZero();
            assertThat(get(careless).status()).isEqualTo(200);
        }
    }

    @Test
    void theRouterShowsItsCertificateToEndpointsThatAskForIt(@TempDir Path folder) throws IOException {
        Pki.write(folder, "router", Pki.issue("router.internal"));
        String own = ", certificate-file: \"%s/router.crt\", key-file: \"%s/router.key\"".formatted(folder, folder);
        try (TlsEndpoint endpoint = TlsEndpoint.start(Pki.issue("127.0.0.1"), true);
                RouterFixture router = start(endpoint, own);
                RouterFixture without = start(endpoint, "")) {
            assertThat(get(router).status()).isEqualTo(200);
            assertThat(endpoint.subjects()).containsExactly("CN=router.internal");
            assertThat(get(without).status()).isEqualTo(502);
        }
    }

    @Test
    void anEndpointThatDoesNotShakeHandsTakesNoLongerThanOneThatDoesNotConnect() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
                RouterFixture router = RouterFixture.start(unused -> TestConfig.with(
                        TlsRouter.config(
                                "",
                                (InetSocketAddress) silent.getLocalSocketAddress(),
                                "tls: { enabled: true, verify: false }\ntimeouts: { connect: 100ms }"),
                        "upstreams.0.maxAttempts",
                        1))) {
            assertThat(get(router).status()).isEqualTo(504);
            assertThat(router.metrics().sum("evenkeel_failures_total", "reason=\"connect_timeout\""))
                    .isEqualTo(1);
        }
    }

    @Test
    void anEndpointThatSpeaksNoTlsIsRefused() throws IOException {
        try (ServerSocket plain = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
                RouterFixture router = RouterFixture.start(unused -> TestConfig.with(
                        TlsRouter.config(
                                "",
                                (InetSocketAddress) plain.getLocalSocketAddress(),
                                "tls: { enabled: true, verify: false }"),
                        "upstreams.0.maxAttempts",
                        1))) {
            Thread answering = new Thread(() -> answerInTheClear(plain));
            answering.start();
            assertRefused(router);
        }
    }

    private static void answerInTheClear(ServerSocket server) {
        try (Socket socket = server.accept()) {
            socket.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            socket.getInputStream().readAllBytes();
        } catch (IOException ended) {
            return;
        }
    }

    @Test
    void aRequestThatMayNotBeRepeatedIsTriedElsewhereBecauseNothingOfItWasSent() throws IOException {
        try (TlsEndpoint bad = TlsEndpoint.start(Pki.expired("127.0.0.1"));
                TlsEndpoint good = TlsEndpoint.start(Pki.issue("127.0.0.1"));
                RouterFixture router = RouterFixture.start(unused -> TestConfig.with(
                        TlsRouter.config("", bad.address(), "tls: { enabled: true, ca-file: \"%s\" }".formatted(ca)),
                        "upstreams.0.endpoints",
                        TestConfig.upstream("endpoints", bad.address(), good.address())
                                .endpoints()))) {
            for (int i = 0; i < 4; i++) {
                try (RawClient client = router.client()) {
                    RawResponse response = client.exchange("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n");
                    assertThat(response.status()).isEqualTo(200);
                }
            }
            assertThat(good.requests()).isEqualTo(4);
        }
    }

    @Test
    void aBodyThatEndsWithTheConnectionIsWholeOnlyIfTlsSaysSo() throws IOException {
        String endless = "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nall of it";
        try (TlsEndpoint whole = TlsEndpoint.start(Pki.issue("127.0.0.1")).answering(endless);
                TlsEndpoint cut = TlsEndpoint.start(Pki.issue("127.0.0.1"))
                        .answering(endless)
                        .cuttingOff();
                RouterFixture one = start(whole, "");
                RouterFixture other = start(cut, "")) {
            assertThat(get(one).body().text()).isEqualTo("all of it");
            try (RawClient client = other.client()) {
                client.send(GET);
                assertThat(client.peerResets()).isTrue();
            }
            assertThat(other.metrics().sum("evenkeel_failures_total", "reason=\"response_truncated\""))
                    .isEqualTo(1);
        }
    }
}
