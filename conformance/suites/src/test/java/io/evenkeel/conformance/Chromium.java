package io.evenkeel.conformance;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Chromium without a window, with a new profile. */
final class Chromium {

    /** Root needs no sandbox; nothing but the page is asked of the network. */
    private static final List<String> OPTIONS = List.of(
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");

    private Chromium() {}

    /** Opens a page of a server that has this certificate, whose authority it need not know. */
    static Program open(Path folder, TestCertificate certificate, String url, String... more)
            throws IOException, GeneralSecurityException {
        List<String> command = new ArrayList<>();
        command.add(House.tool("chromium").toString());
        command.addAll(OPTIONS);
        command.addAll(List.of(more));
        command.add("--user-data-dir=" + Files.createTempDirectory(folder, "profile"));
        command.add("--ignore-certificate-errors-spki-list=" + pin(certificate.chain()));
        command.add(url);
        return Program.start(folder, Map.of("TMPDIR", folder.toString()), command);
    }

    /** The SHA-256 of a certificate's public key. */
    private static String pin(Path chain) throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(chain)) {
            byte[] key = CertificateFactory.getInstance("X.509")
                    .generateCertificate(in)
                    .getPublicKey()
                    .getEncoded();
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(key));
        }
    }
}
