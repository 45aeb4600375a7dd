package io.evenkeel.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import okhttp3.tls.HeldCertificate;

/** The self-signed certificate of the demo, made anew at each start, in files that are there only while the router reads them. */
final class DemoCertificate implements AutoCloseable {

    /** For whoever lives here, because there is a private key in it. */
    private static final FileAttribute<Set<PosixFilePermission>> PRIVATE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final Path file;

    private DemoCertificate(Path file) {
        this.file = file;
    }

    /** @throws UncheckedIOException with one line if there is no room for the file */
    static DemoCertificate make(String host) {
        HeldCertificate made = new HeldCertificate.Builder()
                .commonName("Evenkeel demo")
                .addSubjectAlternativeName("localhost")
                .addSubjectAlternativeName(host)
                .build();
        try {
            Path file = Files.createTempFile("evenkeel-demo", ".pem", PRIVATE);
            Files.writeString(file, made.certificatePem() + made.privateKeyPkcs8Pem());
            return new DemoCertificate(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the demo's certificate: " + e.getMessage(), e);
        }
    }

    /** Certificate and key as PEM. */
    Path file() {
        return file;
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete the demo's certificate: " + e.getMessage(), e);
        }
    }
}
