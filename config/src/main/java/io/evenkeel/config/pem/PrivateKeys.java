package io.evenkeel.config.pem;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Private keys as PEM: PKCS #8 (RFC 5958), and what {@code openssl} and {@code consul tls} write besides, PKCS #1 for RSA (RFC 8017
 * §A.1.2) and SEC 1 for elliptic curves (RFC 5915), which Java reads only when wrapped as PKCS #8.
 */
public final class PrivateKeys {

    private static final Pattern PEM =
            Pattern.compile("-----BEGIN ((?:RSA |EC )?PRIVATE KEY)-----([A-Za-z0-9+/=\\s]+)-----END \\1-----");

    /** RFC 3279 §2.3.1: rsaEncryption with NULL. */
    private static final byte[] RSA = HexFormat.of().parseHex("300d06092a864886f70d0101010500");

    /** RFC 5480 §2.1.1: id-ecPublicKey, to be followed by the curve. */
    private static final byte[] EC = HexFormat.of().parseHex("06072a8648ce3d0201");

    /** RFC 5480 §2.1.1.1, by the length of the private key in octets. */
    private static final Map<Integer, String> CURVES =
            Map.of(32, "06082a8648ce3d030107", 48, "06052b81040022", 66, "06052b81040023");

    private static final byte[] VERSION_0 = {2, 1, 0};

    private PrivateKeys() {}

    /** @throws IllegalArgumentException when there is none */
    public static PrivateKey read(String pem) throws GeneralSecurityException {
        Matcher found = PEM.matcher(pem);
        if (!found.find()) {
            throw new IllegalArgumentException("holds no private key that is not encrypted (expected: PEM)");
        }
        byte[] der = Base64.getMimeDecoder().decode(found.group(2));
        return switch (found.group(1)) {
            case "RSA PRIVATE KEY" -> key(List.of("RSA"), wrapped(RSA, der));
            case "EC PRIVATE KEY" -> key(List.of("EC"), wrapped(sequence(EC, curve(der)), der));
            default -> key(List.of("EC", "RSA", "EdDSA"), der);
        };
    }

    private static PrivateKey key(List<String> algorithms, byte[] pkcs8) throws GeneralSecurityException {
        for (String algorithm : algorithms) {
            Optional<PrivateKey> key = key(algorithm, new PKCS8EncodedKeySpec(pkcs8));
            if (key.isPresent()) {
                return key.get();
            }
        }
        throw new IllegalArgumentException("not read as a private key of " + String.join(", ", algorithms));
    }

    private static Optional<PrivateKey> key(String algorithm, PKCS8EncodedKeySpec pkcs8)
            throws GeneralSecurityException {
        try {
            return Optional.of(KeyFactory.getInstance(algorithm).generatePrivate(pkcs8));
        } catch (InvalidKeySpecException ofAnotherAlgorithm) {
            return Optional.empty();
        }
    }

    private static byte[] wrapped(byte[] algorithm, byte[] key) {
        return sequence(VERSION_0, algorithm, element(0x04, key));
    }

    /** RFC 5915 §3: version 1, then the key as an octet string of the curve's length. */
    private static byte[] curve(byte[] sec1) {
        int start = sec1.length > 6 && (sec1[1] & 0x80) != 0 ? 2 + (sec1[1] & 0x7f) : 2;
        int length = sec1.length > start + 4 && sec1[start + 3] == 0x04 ? sec1[start + 4] : 0;
        String curve = CURVES.get(length);
        if (curve == null) {
            throw new IllegalArgumentException("a curve other than P-256, P-384 and P-521");
        }
        return HexFormat.of().parseHex(curve);
    }

    private static byte[] sequence(byte[]... parts) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            joined.writeBytes(part);
        }
        return element(0x30, joined.toByteArray());
    }

    /** X.690 §8.1: tag, definite length, content. */
    private static byte[] element(int tag, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        if (content.length < 0x80) {
            out.write(content.length);
        } else {
            out.write(0x82);
            out.write(content.length >> 8);
            out.write(content.length);
        }
        out.writeBytes(content);
        return out.toByteArray();
    }
}
