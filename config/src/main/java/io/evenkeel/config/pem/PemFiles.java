package io.evenkeel.config.pem;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what listeners and upstreams are secured with. Stateless. */
public final class PemFiles {

    /** 1 MiB: the authorities of every browser together take a quarter of it. */
    private static final int MAX_BYTES = 1 << 20;

    private static final Pattern CERTIFICATE =
            Pattern.compile("-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----");

    private static final String READABLE = "a readable file of at most 1 MiB";

    private PemFiles() {}

    /** The certificates in this file, in their order; at least one. */
    public static List<X509Certificate> certificates(Path file) throws PemException {
        return certificates(bytes(file), quoted(file));
    }

    /** The same of a text that messages call {@code name}. */
    public static List<X509Certificate> certificates(String pem, String name) throws PemException {
        return certificates(pem.getBytes(StandardCharsets.UTF_8), name);
    }

    /** What stands beside the certificates, such as a private key, is left alone. */
    private static List<X509Certificate> certificates(byte[] pem, String name) throws PemException {
        List<X509Certificate> all = new ArrayList<>();
        Matcher found = CERTIFICATE.matcher(new String(pem, StandardCharsets.ISO_8859_1));
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            while (found.find()) {
                byte[] one = found.group().getBytes(StandardCharsets.US_ASCII);
                all.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(one)));
            }
        } catch (CertificateException e) {
            throw new PemException(name + " cannot be understood", "certificates as PEM");
        }
        if (all.isEmpty()) {
            throw new PemException(name + " holds no certificate", "certificates as PEM");
        }
        return List.copyOf(all);
    }

    /** The private key in this file. */
    public static PrivateKey key(Path file) throws PemException {
        return key(new String(bytes(file), StandardCharsets.ISO_8859_1), quoted(file));
    }

    /** The same of a text that messages call {@code name}. */
    public static PrivateKey key(String pem, String name) throws PemException {
        try {
            return PrivateKeys.read(pem);
        } catch (IllegalArgumentException e) {
            throw new PemException(
                    name + " " + String.valueOf(e.getMessage()).replaceFirst(" \\(.*", ""), "a private key as PEM");
        } catch (GeneralSecurityException e) {
            throw new PemException(name + " cannot be understood", "a private key as PEM");
        }
    }

    /** All of a small file. */
    public static byte[] bytes(Path file) throws PemException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new PemException(quoted(file) + " is too large", READABLE);
            }
            return bytes;
        } catch (NoSuchFileException e) {
            throw new PemException(quoted(file) + " does not exist", READABLE);
        } catch (IOException e) {
            throw new PemException(quoted(file) + " cannot be read", READABLE);
        }
    }

    static String quoted(Path file) {
        return '"' + file.toString() + '"';
    }
}
