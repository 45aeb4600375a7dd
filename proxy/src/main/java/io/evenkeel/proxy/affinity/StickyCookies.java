package io.evenkeel.proxy.affinity;

import io.evenkeel.config.StickyConfig;
import io.evenkeel.proxy.http.Octets;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes the cookies of an upstream's endpoints, and tells those that it made from others. Immutable; costs some microseconds, so it is asked once per
 * endpoint and for cookies that nobody knows.
 *
 * <p>A cookie is, in base64url, a version, 8 octets that stand for the endpoint, and 16 of their HMAC-SHA256 (RFC 2104). What stands for an endpoint is
 * a keyed hash of upstream and address, so that it reveals nothing and is the same in every replica with the secret.
 */
final class StickyCookies {

    private static final byte VERSION = 1;
    private static final int ID_BYTES = 8;
    private static final int SIGNED_BYTES = 1 + ID_BYTES;

    /** RFC 2104 §5: half of the hash is as much as is needed. */
    private static final int SIGNATURE_BYTES = 16;

    private static final int BYTES = SIGNED_BYTES + SIGNATURE_BYTES;
    private static final int TEXT_BYTES = (BYTES * 8 + 5) / 6;
    private static final String ALGORITHM = "HmacSHA256";

    private final StickyConfig config;
    private final String upstream;
    private final SecretKeySpec key;

    StickyCookies(StickyConfig config, String upstream) {
        this.config = config;
        this.upstream = upstream;
        this.key = new SecretKeySpec(config.secret().value().getBytes(StandardCharsets.UTF_8), ALGORITHM);
    }

    /** The cookie's value for the endpoint at this address. */
    byte[] value(InetSocketAddress endpoint) {
        byte[] id = Arrays.copyOf(mac("endpoint", Octets.ascii(text(endpoint))), ID_BYTES);
        byte[] cookie = new byte[BYTES];
        cookie[0] = VERSION;
        System.arraycopy(id, 0, cookie, 1, ID_BYTES);
        System.arraycopy(signature(cookie), 0, cookie, SIGNED_BYTES, SIGNATURE_BYTES);
        return Base64.getUrlEncoder().withoutPadding().encode(cookie);
    }

    /** Whether {@code bytes[start, end)} was made with the secret and for this upstream, for whatever endpoint. */
    boolean genuine(byte[] bytes, int start, int end) {
        if (end - start != TEXT_BYTES) {
            return false;
        }
        try {
            byte[] cookie = Base64.getUrlDecoder().decode(Arrays.copyOfRange(bytes, start, end));
            byte[] signature = Arrays.copyOfRange(cookie, SIGNED_BYTES, BYTES);
            return cookie[0] == VERSION && MessageDigest.isEqual(signature, signature(cookie));
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
    }

    /** The field line that gives the client this value (RFC 6265 §4.1). */
    byte[] fieldLine(byte[] value) {
        StringBuilder line = new StringBuilder("Set-Cookie: ")
                .append(config.cookie())
                .append('=')
                .append(new String(value, StandardCharsets.US_ASCII))
                .append("; Path=")
                .append(config.path());
        if (!config.maxAge().isZero()) {
            line.append("; Max-Age=").append(Math.max(1, config.maxAge().toSeconds()));
        }
        line.append(config.secure() ? "; HttpOnly; Secure; SameSite=" : "; HttpOnly; SameSite=");
        String sameSite = config.sameSite().name();
        line.append(sameSite.charAt(0)).append(sameSite.substring(1).toLowerCase(Locale.ROOT));
        return Octets.ascii(line.append("\r\n").toString());
    }

    private byte[] signature(byte[] cookie) {
        return Arrays.copyOf(mac("cookie", Arrays.copyOf(cookie, SIGNED_BYTES)), SIGNATURE_BYTES);
    }

    /** No name holds the octet that separates the parts, so no two inputs run together into one. */
    private byte[] mac(String purpose, byte[] content) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update(Octets.ascii("evenkeel " + purpose + '\0' + upstream + '\0'));
            return mac.doFinal(content);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }

    private static String text(InetSocketAddress endpoint) {
        return endpoint.getAddress().getHostAddress() + ' ' + endpoint.getPort();
    }
}
