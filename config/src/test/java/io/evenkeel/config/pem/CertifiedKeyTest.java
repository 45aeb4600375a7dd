package io.evenkeel.config.pem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.config.CertificateConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertifiedKeyTest {

    private static final HeldCertificate AUTHORITY =
            new HeldCertificate.Builder().certificateAuthority(0).build();
    private static final HeldCertificate EC = issue().ecdsa256().build();
    private static final HeldCertificate RSA = issue().rsa2048().build();

    private final Path folder;

    CertifiedKeyTest(@TempDir Path folder) {
        this.folder = folder;
    }

    private static HeldCertificate.Builder issue() {
        return new HeldCertificate.Builder().commonName("a.test").signedBy(AUTHORITY);
    }

    private Path write(String name, String... parts) throws IOException {
        return Files.writeString(folder.resolve(name), String.join("", parts));
    }

    @Test
    void chainAndKeyAreReadFromTwoFilesOrOne() throws Exception {
        Path chain = write("a.crt", EC.certificatePem(), AUTHORITY.certificatePem());
        Path key = write("a.key", EC.privateKeyPkcs8Pem());
        Path both = write("b.pem", RSA.privateKeyPkcs1Pem(), "a comment\n", RSA.certificatePem());

        CertifiedKey two = CertifiedKey.read(chain, key);
        CertifiedKey one = CertifiedKey.read(both, both);

        assertThat(two.chain()).containsExactly(EC.certificate(), AUTHORITY.certificate());
        assertThat(two.certificate()).isEqualTo(EC.certificate());
        assertThat(one.chain())
                .extracting(X509Certificate::getPublicKey)
                .containsExactly(RSA.keyPair().getPublic());
        assertThat(one.key()).isEqualTo(RSA.keyPair().getPrivate());
    }

    @Test
    void theKeyOfAnotherCertificateIsRefusedEvenOneOfAnotherKind() throws Exception {
        Path chain = write("a.crt", EC.certificatePem());

        for (HeldCertificate other : new HeldCertificate[] {issue().build(), RSA}) {
            Path key = write("a.key", other.privateKeyPkcs8Pem());
            assertThatThrownBy(() -> CertifiedKey.read(chain, key))
                    .isInstanceOf(PemException.class)
                    .hasMessageContaining("a.key\" is not the key of the certificate");
        }
    }

    @Test
    void whatIsWrongIsSaidWithTheFileAndWithoutItsContents() throws Exception {
        Path chain = write("a.crt", EC.certificatePem());
        Path nothing = write("nothing.crt", "hello, secret");
        Path broken = write("broken.crt", "-----BEGIN CERTIFICATE-----\nsecret\n-----END CERTIFICATE-----\n");

        assertThatThrownBy(() -> CertifiedKey.read(nothing, chain)).hasMessageContaining("holds no certificate");
        assertThatThrownBy(() -> CertifiedKey.read(broken, chain)).hasMessageContaining("cannot be understood");
        assertThatThrownBy(() -> CertifiedKey.read(chain, chain)).hasMessageContaining("holds no private key");
        assertThatThrownBy(() -> CertifiedKey.read(chain, folder.resolve("absent.key")))
                .isInstanceOf(PemException.class)
                .hasMessageContaining("absent.key\" does not exist")
                .hasMessageNotContaining("secret");
    }

    @Test
    void aFolderIsSearchedForPairsInTheOrderOfTheirNames() throws Exception {
        for (String name : new String[] {"c.pem", "a.crt", "a.key", "b.txt", "a.ocsp"}) {
            write(name, name);
        }
        Files.createDirectory(folder.resolve("..data"));
        String at = folder + "/";

        assertThat(CertificateFolder.list(folder))
                .containsExactly(
                        new CertificateConfig(at + "a.crt", at + "a.key"),
                        new CertificateConfig(at + "c.pem", at + "c.pem"));
        assertThatThrownBy(() -> CertificateFolder.list(folder.resolve("absent")))
                .isInstanceOf(PemException.class);
        assertThat(CertifiedKey.ocspFile(folder.resolve("a.crt"))).isEqualTo(folder.resolve("a.ocsp"));
    }
}
