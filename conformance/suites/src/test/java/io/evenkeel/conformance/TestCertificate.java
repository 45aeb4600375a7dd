package io.evenkeel.conformance;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;
import okhttp3.tls.HeldCertificate;

/**
 * A certificate for {@code localhost} and 127.0.0.1 as files, with the authority that signed it.
 *
 * @param authority the certificate of the authority, PEM
 * @param chain the certificate, PEM
 * @param key its key, PEM
 */
record TestCertificate(Path authority, Path chain, Path key) {

    /** Less than scanners find too long. */
    private static final long DAYS = 90;

    /** As many as authorities must give. */
    private static final int SERIAL_BITS = 100;

    static TestCertificate write(Path folder) throws IOException {
        HeldCertificate authority = new HeldCertificate.Builder()
                .certificateAuthority(0)
                .commonName("Evenkeel tests")
                .duration(DAYS, TimeUnit.DAYS)
                .build();
        HeldCertificate held = new HeldCertificate.Builder()
                .commonName("localhost")
                .serialNumber(new BigInteger(SERIAL_BITS, new SecureRandom()).setBit(SERIAL_BITS))
                .addSubjectAlternativeName("localhost")
                .addSubjectAlternativeName("127.0.0.1")
                .duration(DAYS, TimeUnit.DAYS)
                .signedBy(authority)
                .build();
        return new TestCertificate(
                Files.writeString(folder.resolve("authority.pem"), authority.certificatePem()),
                Files.writeString(folder.resolve("chain.pem"), held.certificatePem()),
                Files.writeString(folder.resolve("key.pem"), held.privateKeyPkcs8Pem()));
    }

    /** The TLS of a listener in a configuration file. */
    String yaml() {
        return "{ certificates: [{ chain: " + chain + ", key: " + key + " }], hsts: { max-age: 365d } }";
    }
}
