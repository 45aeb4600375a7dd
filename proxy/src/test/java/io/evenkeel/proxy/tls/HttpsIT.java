package io.evenkeel.proxy.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.proxy.testing.RawClient;
import io.evenkeel.proxy.testing.RawResponse;
import io.evenkeel.proxy.testing.RouterFixture;
import io.evenkeel.proxy.testing.Step;
import io.evenkeel.proxy.testing.Wire;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is different about HTTP that comes over TLS, or should. */
@Timeout(60)
final class HttpsIT {

    private static final String GET = "GET / HTTP/1.1\r\nHost: a.test\r\n\r\n";

    private final Path folder;

    HttpsIT(@TempDir Path folder) {
        this.folder = folder;
        Pki.write(folder, "a", Pki.issue("a.test", "*.a.test"));
        Pki.write(folder, "b", Pki.issue("b.test"));
    }

    private RouterFixture start(String more) {
        return TlsRouter.start("tls: { directory: \"%s\"%s }".formatted(folder, more));
    }

    private static RawClient open(RouterFixture router, String serverName) throws IOException {
        return TlsClient.naming(serverName).open(router.address());
    }

    @Test
    void endpointsAreToldThatTheClientCameOverTls() throws IOException {
        try (RouterFixture router = start("");
                RawClient client = open(router, "a.test")) {
            client.exchange(GET);
            assertThat(router.upstream().requests().get(0).fields().all("X-Forwarded-Proto"))
                    .containsExactly("https");
            assertThat(router.upstream().requests().get(0).fields().joined("Forwarded"))
                    .endsWith(";proto=https");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET /a/b?c=d, www.example.org, 443, https://www.example.org/a/b?c=d",
        "GET /, www.example.org:8080, 443, https://www.example.org/",
        "POST /x, [2001:db8::1]:80, 8443, https://[2001:db8::1]:8443/x",
        "OPTIONS *, a, 443, https://a/",
        "GET http://b/y, a, 443, https://b/y"
    })
    void clientsAreSentToTheSameAddressOverTls(String request, String host, int port, String location)
            throws IOException {
        try (RouterFixture router = TlsRouter.start("redirect-to-https: { port: %d }".formatted(port));
                RawClient client = router.client()) {
            RawResponse response = client.exchange(request + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
            assertThat(response.status()).isEqualTo(308);
            assertThat(response.fields().all("Location")).containsExactly(location);
            assertThat(client.exchange(GET).status())
                    .as("on the same connection")
                    .isEqualTo(308);
            assertThat(router.upstream().requests()).isEmpty();
        }
    }

    @Test
    void aRedirectDoesNotWaitForTheBody() throws IOException {
        try (RouterFixture router = TlsRouter.start("redirect-to-https: { status: 307 }");
                RawClient client = router.client()) {
            RawResponse response =
                    client.exchange("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\nonly this");
            assertThat(response.status()).isEqualTo(307);
            assertThat(response.saysClose()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a b\r\n\r\n",
                "GET / HTTP/1.1\r\n\r\n",
                "GET / HTTP/1.0\r\n\r\n"
            })
    void nobodyIsSentToAHostThatIsNone(String request) throws IOException {
        try (RouterFixture router = TlsRouter.start("redirect-to-https: {}");
                RawClient client = router.client()) {
            assertThat(client.exchange(request).status()).isEqualTo(400);
        }
    }

    @Test
    void browsersAreToldToComeOverTlsOnlyUnlessTheEndpointTellsThem() throws IOException {
        try (RouterFixture router = start(", hsts: { max-age: 1d, include-subdomains: true }");
                RawClient client = open(router, "a.test")) {
            assertThat(client.exchange(GET).fields().all("Strict-Transport-Security"))
                    .containsExactly("max-age=86400; includeSubDomains");
            router.upstream()
                    .next(Step.answer(
                            "HTTP/1.1 200 OK\r\nstrict-transport-security: max-age=1\r\nContent-Length: 0\r\n\r\n"));
            assertThat(client.exchange(GET).fields().all("Strict-Transport-Security"))
                    .containsExactly("max-age=1");
            assertThat(client.exchange("CONNECT a:1 HTTP/1.1\r\nHost: a.test\r\n\r\n")
                            .fields()
                            .all("Strict-Transport-Security"))
                    .as("the router's own refusal")
                    .hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "a.test, a.test, 200",
        "a.test, A.TEST:443, 200",
        "a.test, www.a.test, 200",
        "x.a.test, a.test., 200",
        "a.test, b.test, 421",
        "a.test, deep.www.a.test, 421",
        "b.test, a.test, 421",
        "unknown.test, unknown.test, 200",
        "unknown.test, b.test, 421",
        "'', b.test, 200",
        "'', 127.0.0.1, 200"
    })
    void aRequestForAHostThatTheShownCertificateIsNotForIsMisdirected(String serverName, String host, int status)
            throws IOException {
        try (RouterFixture router = start("");
                RawClient client = open(router, serverName)) {
            String request = "GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n";
            assertThat(client.exchange(request).status()).isEqualTo(status);
            assertThat(router.upstream().requests()).hasSize(status == 200 ? 1 : 0);
        }
    }

    @ParameterizedTest
    @CsvSource({"boringssl, TLSv1.2", "boringssl, TLSv1.3", "jdk, TLSv1.3"})
    void bodiesFarLargerThanAnyBufferArriveWholeBothWays(String provider, String version) throws IOException {
        int length = 8 << 20;
        byte[] pattern = repeated(length);
        try (RouterFixture router = start(", provider: " + provider);
                RawClient client = TlsClient.naming("a.test").version(version).open(router.address())) {
            router.upstream()
                    .next(Step.answer("HTTP/1.1 200 OK\r\nContent-Length: " + length + "\r\n\r\n")
                            .then(Step.sendPattern(length)));
            client.send("POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: " + length + "\r\n\r\n");
            client.send(pattern);
            RawResponse response = client.read();
            assertThat(response.body().length()).isEqualTo(length);
            assertThat(response.body().crc()).isEqualTo(crc(pattern));
            assertThat(router.upstream().requests().get(0).body().crc()).isEqualTo(crc(pattern));
        }
    }

    /** As {@link Step#sendPattern} sends it. */
    private static byte[] repeated(int length) {
        byte[] piece = Wire.pattern(1 << 16);
        byte[] all = new byte[length];
        for (int at = 0; at < length; at += piece.length) {
            System.arraycopy(piece, 0, all, at, piece.length);
        }
        return all;
    }

    private static long crc(byte[] octets) {
        java.util.zip.CRC32 crc = new java.util.zip.CRC32();
        crc.update(octets);
        return crc.getValue();
    }

    @Test
    void whatAClientDoesNotReadIsNotKeptInMemory() throws IOException {
        long length = 64L << 20;
        try (RouterFixture router = start("");
                RawClient client = open(router, "a.test")) {
            double before = router.metrics().sum("evenkeel_direct_memory_used_bytes");
            router.upstream()
                    .next(Step.answer("HTTP/1.1 200 OK\r\nContent-Length: " + length + "\r\n\r\n")
                            .then(Step.sendPattern(length)));
            client.send(GET);
            client.readHead();
            client.skip(1 << 20);
            assertThat(router.metrics().sum("evenkeel_direct_memory_used_bytes") - before)
                    .as("octets in memory")
                    .isLessThan(24 << 20);
            client.skip(length - (1 << 20));
            assertThat(client.exchange(GET).status()).isEqualTo(200);
        }
    }
}
