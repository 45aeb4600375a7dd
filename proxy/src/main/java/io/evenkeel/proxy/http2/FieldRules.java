package io.evenkeel.proxy.http2;

import io.evenkeel.proxy.http.KnownField;
import io.evenkeel.proxy.http.Octets;
import io.netty.util.AsciiString;

/** What every field of an HTTP/2 message must be (RFC 9113 §8.2), stricter where HTTP/1.1 is. Stateless. */
public final class FieldRules {

    /** 18 digits: no length that fits overflows a long. */
    private static final int MAX_LENGTH_DIGITS = 18;

    private static final AsciiString TRAILERS = AsciiString.cached("trailers");

    private FieldRules() {}

    /** A method. */
    static boolean legalToken(AsciiString text) {
        return Octets.isAllToken(text.array(), text.arrayOffset(), text.arrayOffset() + text.length());
    }

    /** A token in lower case; so not empty, and no pseudo-header field. */
    public static boolean legalName(AsciiString name) {
        byte[] bytes = name.array();
        int end = name.arrayOffset() + name.length();
        for (int i = name.arrayOffset(); i < end; i++) {
            if (!Octets.isToken(bytes[i]) || (bytes[i] >= 'A' && bytes[i] <= 'Z')) {
                return false;
            }
        }
        return !name.isEmpty();
    }

    /** Field content without control characters other than HTAB, and without blanks around it. */
    public static boolean legalValue(AsciiString value) {
        byte[] bytes = value.array();
        int start = value.arrayOffset();
        int end = start + value.length();
        for (int i = start; i < end; i++) {
            if (!Octets.isValue(bytes[i])) {
                return false;
            }
        }
        return start == end || !(Octets.isBlank(bytes[start]) || Octets.isBlank(bytes[end - 1]));
    }

    /** Whether every octet may stand in a request target or an authority; true for none. */
    static boolean legalTarget(AsciiString text) {
        byte[] bytes = text.array();
        int end = text.arrayOffset() + text.length();
        for (int i = text.arrayOffset(); i < end; i++) {
            if (!Octets.isTarget(bytes[i])) {
                return false;
            }
        }
        return true;
    }

    /** Which field this is, of those that matter. */
    static KnownField known(AsciiString name) {
        return KnownField.of(name.array(), name.arrayOffset(), name.arrayOffset() + name.length());
    }

    /** Whether the field is about an HTTP/1.1 connection and makes a message malformed (RFC 9113 §8.2.2). */
    static boolean connectionSpecific(KnownField field, AsciiString value) {
        return switch (field) {
            case CONNECTION, PROXY_CONNECTION, KEEP_ALIVE, TRANSFER_ENCODING, UPGRADE -> true;
            case TE -> !TRAILERS.equals(value);
            default -> false;
        };
    }

    /** The number that a {@code content-length} says, or −1 where it says none. */
    static long length(AsciiString value) {
        if (value.isEmpty() || value.length() > MAX_LENGTH_DIGITS) {
            return -1;
        }
        long length = 0;
        for (int i = 0; i < value.length(); i++) {
            if (!Octets.isDigit(value.byteAt(i))) {
                return -1;
            }
            length = length * 10 + (value.byteAt(i) - '0');
        }
        return length;
    }
}
