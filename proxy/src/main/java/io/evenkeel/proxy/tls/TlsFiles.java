package io.evenkeel.proxy.tls;

import io.evenkeel.config.CertificateConfig;
import io.evenkeel.config.ListenerTlsConfig;
import io.evenkeel.config.pem.CertificateFolder;
import io.evenkeel.config.pem.CertifiedKey;
import io.evenkeel.config.pem.PemException;
import io.evenkeel.config.pem.PemFiles;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** The files of a listener's TLS, all together. Stateless. */
final class TlsFiles {

    private TlsFiles() {}

    /** Every certificate with its key, those of the folder last. */
    static List<CertificateConfig> certificates(ListenerTlsConfig config) throws PemException {
        List<CertificateConfig> files = new ArrayList<>(config.certificates());
        if (!config.directory().isEmpty()) {
            files.addAll(CertificateFolder.list(Path.of(config.directory())));
        }
        return files;
    }

    /** Tells whether anything has changed: equal as long as settings and contents of all files are. */
    static String digest(ListenerTlsConfig config, List<String> protocols) throws PemException {
        MessageDigest digest = sha256();
        digest.update((config + " " + protocols).getBytes(StandardCharsets.UTF_8));
        for (CertificateConfig each : certificates(config)) {
            digest.update(each.toString().getBytes(StandardCharsets.UTF_8));
            digest.update(PemFiles.bytes(Path.of(each.chain())));
            digest.update(PemFiles.bytes(Path.of(each.key())));
            Path ocsp = CertifiedKey.ocspFile(Path.of(each.chain()));
            if (config.ocspStapling() && Files.exists(ocsp)) {
                digest.update(PemFiles.bytes(ocsp));
            }
        }
        for (String file : config.ticketKeys()) {
            digest.update(PemFiles.bytes(Path.of(file)));
        }
        if (!config.clientCertificate().ca().isEmpty()) {
            digest.update(PemFiles.bytes(Path.of(config.clientCertificate().ca())));
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Tells sets of certificates apart. */
    static String digest(List<X509Certificate> certificates) {
        MessageDigest digest = sha256();
        for (X509Certificate each : certificates) {
            try {
                digest.update(each.getEncoded());
            } catch (CertificateEncodingException e) {
                throw new IllegalStateException("a certificate that was just decoded", e);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
