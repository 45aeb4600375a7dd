package io.evenkeel.proxy.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.cert.X509Certificate;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.Test;

class CertificateHostsTest {

    @Test
    void namesAndAddressesCountAndTheCommonNameOnlyWhereThereAreNone() {
        X509Certificate both =
                Pki.issue("Shop.Example", "*.Shop.Example", "192.0.2.7").certificate();
        X509Certificate commonOnly =
                new HeldCertificate.Builder().commonName("Old.Example").build().certificate();

        assertThat(CertificateHosts.of(both)).containsExactlyInAnyOrder("shop.example", "*.shop.example", "192.0.2.7");
        assertThat(CertificateHosts.of(commonOnly)).containsExactly("old.example");
    }
}
