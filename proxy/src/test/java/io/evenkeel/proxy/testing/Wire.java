package io.evenkeel.proxy.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/** Bytes on the wire as people write them: Latin-1 text, so that one {@code char} is one octet. */
public final class Wire {

    private Wire() {}

    /** The octets of a text whose characters are all below 256. */
    public static byte[] octets(String text) {
        return text.getBytes(ISO_8859_1);
    }

    /** The text of these octets; the inverse of {@link #octets}. */
    public static String text(byte[] octets) {
        return new String(octets, ISO_8859_1);
    }

    /** The text with every control character and every octet above 126 made visible, for failure messages. */
    public static String visible(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            appendVisible(out, text.charAt(i));
        }
        return out.toString();
    }

    /** {@code length} octets whose values depend on their position, so that a lost or swapped piece shows. */
    public static byte[] pattern(int length) {
        byte[] octets = new byte[length];
        for (int i = 0; i < length; i++) {
            octets[i] = (byte) ('a' + (i * 31L + i / 4093) % 26);
        }
        return octets;
    }

    /** These octets as one chunk of the chunked transfer coding (RFC 9112 §7.1). */
    public static String chunk(String data) {
        return Integer.toHexString(data.length()) + "\r\n" + data + "\r\n";
    }

    /** What answers this key (RFC 6455 §4.2.2). */
    public static String webSocketAccept(String key) {
        try {
            byte[] both = octets(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11");
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-1").digest(both));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static byte[] slice(byte[] octets, int from, int to) {
        return Arrays.copyOfRange(octets, from, to);
    }

    private static void appendVisible(StringBuilder out, char c) {
        switch (c) {
            case '\r' -> out.append("\\r");
            case '\n' -> out.append("\\n");
            case '\t' -> out.append("\\t");
            default -> {
                if (c < 0x20 || c > 0x7e) {
                    out.append(String.format("\\x%02x", (int) c));
                } else {
                    out.append(c);
                }
            }
        }
    }
}
