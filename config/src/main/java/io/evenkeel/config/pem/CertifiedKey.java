package io.evenkeel.config.pem;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * A certificate, those between it and its authority, and its private key. Immutable.
 *
 * @param file where the certificate was read
 * @param chain the certificate itself first
 */
public record CertifiedKey(Path file, List<X509Certificate> chain, PrivateKey key) {

    private static final byte[] PROBE = "evenkeel".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

    /** Keeps its own copy of the list. */
    public CertifiedKey {
        chain = List.copyOf(chain);
    }

    /** Reads both, and makes sure that they belong together. */
    public static CertifiedKey read(Path chain, Path key) throws PemException {
        CertifiedKey read = new CertifiedKey(chain, PemFiles.certificates(chain), PemFiles.key(key));
        requireMatch(read.chain.get(0), read.key, PemFiles.quoted(key));
        return read;
    }

    /**
     * @param name what messages call the key
     * @throws PemException if the key is another certificate's
     */
    public static void requireMatch(X509Certificate certificate, PrivateKey key, String name) throws PemException {
        if (!matches(certificate, key)) {
            throw new PemException(name + " is not the key of the certificate", "the private key that belongs to it");
        }
    }

    private static boolean matches(X509Certificate certificate, PrivateKey key) {
        try {
            Signature signer = Signature.getInstance(algorithm(key));
            signer.initSign(key);
            signer.update(PROBE);
            byte[] signature = signer.sign();
            signer.initVerify(certificate.getPublicKey());
            signer.update(PROBE);
            return signer.verify(signature);
        } catch (GeneralSecurityException ofAnotherKind) {
            return false;
        }
    }

    private static String algorithm(PrivateKey key) {
        return switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> key.getAlgorithm();
        };
    }

    /** The certificate itself. */
    public X509Certificate certificate() {
        return chain.get(0);
    }

    /** Where a response of the authority about the certificate in this file is kept: {@code NAME.ocsp} beside {@code NAME.crt}. */
    public static Path ocspFile(Path file) {
        String name = String.valueOf(file.getFileName());
        int dot = name.lastIndexOf('.');
        return file.resolveSibling((dot > 0 ? name.substring(0, dot) : name) + ".ocsp");
    }
}
