package io.evenkeel.proxy.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.proxy.testing.RouterFixture;
import java.io.IOException;
import java.nio.file.Path;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which certificate answers which name. */
@Timeout(60)
final class SniIT {

    private final Path folder;

    SniIT(@TempDir Path folder) {
        this.folder = folder;
        Pki.write(folder, "a", Pki.issue("first.test"));
        Pki.write(folder, "b", Pki.issue("exact.wild.test"));
        Pki.write(folder, "c", Pki.issue("*.wild.test"));
    }

    private RouterFixture start(String provider, boolean strict) {
        return TlsRouter.start(
                "tls: { directory: \"%s\", provider: %s, strict-sni: %s }".formatted(folder, provider, strict));
    }

    @ParameterizedTest
    @ValueSource(strings = {"boringssl", "jdk"})
    void theExactNameComesBeforeTheWildcardAndTheFirstCertificateIsForTheRest(String provider) throws IOException {
        try (RouterFixture router = start(provider, false)) {
            assertThat(TlsClient.naming("exact.wild.test").shown(router.address()))
                    .isEqualTo("CN=exact.wild.test");
            assertThat(TlsClient.naming("EXACT.wild.test").shown(router.address()))
                    .isEqualTo("CN=exact.wild.test");
            assertThat(TlsClient.naming("other.wild.test").shown(router.address()))
                    .isEqualTo("CN=*.wild.test");
            assertThat(TlsClient.naming("a.b.wild.test").shown(router.address()))
                    .isEqualTo("CN=first.test");
            assertThat(TlsClient.naming("wild.test").shown(router.address())).isEqualTo("CN=first.test");
            assertThat(TlsClient.naming("nobody.test").shown(router.address())).isEqualTo("CN=first.test");
            assertThat(TlsClient.naming("").shown(router.address())).isEqualTo("CN=first.test");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"boringssl", "jdk"})
    void aStrictListenerRefusesNamesItDoesNotHaveAndTakesClientsThatNameNone(String provider) throws IOException {
        try (RouterFixture router = start(provider, true)) {
            assertThatThrownBy(() -> TlsClient.naming("nobody.test").connect(router.address()))
                    .isInstanceOf(SSLException.class)
                    .hasMessageContaining("unrecognized_name");
            assertThat(TlsClient.naming("first.test").shown(router.address())).isEqualTo("CN=first.test");
            assertThat(TlsClient.naming("").shown(router.address())).isEqualTo("CN=first.test");
            assertThat(router.metrics().sum("evenkeel_tls_handshake_failures_total", "reason=\"unknown_name\""))
                    .isEqualTo(1);
        }
    }
}
