package io.evenkeel.proxy.tls;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.Locale;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** Subjects of client certificates as values of fields. Stateless. */
final class Subjects {

    /** Octets; no authority signs longer ones, and endpoints take no longer fields. */
    private static final int MAX_BYTES = 4096;

    private Subjects() {}

    /** The subject of the certificate that the client has shown, or null if it has shown none. */
    static byte @Nullable [] of(SSLSession session) {
        try {
            X509Certificate certificate = (X509Certificate) session.getPeerCertificates()[0];
            return fieldValue(certificate.getSubjectX500Principal().getName());
        } catch (SSLPeerUnverifiedException none) {
            return null;
        }
    }

    /**
     * The name with everything that is not visible ASCII escaped as RFC 4514 §2.4 has it, so that it can neither end the field line nor be read in
     * two ways. A name that is too long is cut.
     */
    static byte[] fieldValue(String name) {
        ByteArrayOutputStream value = new ByteArrayOutputStream();
        for (byte octet : name.getBytes(StandardCharsets.UTF_8)) {
            if (value.size() > MAX_BYTES) {
                break;
            }
            if (octet >= ' ' && octet <= '~') {
                value.write(octet);
            } else {
                String hex = HexFormat.of().toHexDigits(octet).toUpperCase(Locale.ROOT);
                value.writeBytes(("\\" + hex).getBytes(StandardCharsets.US_ASCII));
            }
        }
        return value.toByteArray();
    }
}
