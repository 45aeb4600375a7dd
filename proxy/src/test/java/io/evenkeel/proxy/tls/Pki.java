package io.evenkeel.proxy.tls;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import okhttp3.tls.HeldCertificate;

/** An authority of the tests' own, and what it signs, as files. */
final class Pki {

    static final HeldCertificate ROOT = authority("tests");

    private Pki() {}

    /** An authority that only those trust who know it. */
    static HeldCertificate authority(String name) {
        return new HeldCertificate.Builder()
                .commonName(name)
                .certificateAuthority(0)
                .build();
    }

    /** A certificate of {@link #ROOT} for these hosts; the first is its common name, too. */
    static HeldCertificate issue(String... hosts) {
        return issueBy(ROOT, hosts);
    }

    static HeldCertificate issueBy(HeldCertificate issuer, String... hosts) {
        return builder(hosts).signedBy(issuer).build();
    }

    /** One whose time is over. */
    static HeldCertificate expired(String... hosts) {
        long now = System.currentTimeMillis();
        return builder(hosts)
                .signedBy(ROOT)
                .validityInterval(
                        now - Duration.ofDays(2).toMillis(),
                        now - Duration.ofDays(1).toMillis())
                .build();
    }

    private static HeldCertificate.Builder builder(String... hosts) {
        HeldCertificate.Builder builder = new HeldCertificate.Builder().commonName(hosts[0]);
        for (String host : hosts) {
            builder.addSubjectAlternativeName(host);
        }
        return builder;
    }

    /** Writes {@code NAME.crt} and {@code NAME.key}. */
    static void write(Path folder, String name, HeldCertificate certificate) {
        try {
            Files.writeString(folder.resolve(name + ".crt"), certificate.certificatePem());
            Files.writeString(folder.resolve(name + ".key"), certificate.privateKeyPkcs8Pem());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
