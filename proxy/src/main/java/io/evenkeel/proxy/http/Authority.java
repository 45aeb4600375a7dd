package io.evenkeel.proxy.http;

/** The grammar of {@code uri-host [ ":" port ]} (RFC 3986 §3.2, RFC 9110 §7.2), without user information. Stateless. */
final class Authority {

    private static final int MAX_PORT = 65_535;
    private static final byte[] NAME_EXTRAS = Octets.ascii("-._~!$&'()*+;=");

    private Authority() {}

    /** Where the host ends, or −1 where the range is no authority; an empty host is left to the caller. */
    static int endOfHost(byte[] bytes, int start, int end) {
        int hostEnd =
                start < end && bytes[start] == '[' ? endOfLiteral(bytes, start, end) : endOfName(bytes, start, end);
        return hostEnd >= 0 && validPort(bytes, hostEnd, end) ? hostEnd : -1;
    }

    private static int endOfName(byte[] bytes, int start, int end) {
        int position = start;
        while (position < end && bytes[position] != ':') {
            if (bytes[position] == '%') {
                if (position + 2 >= end || Octets.hex(bytes[position + 1]) < 0 || Octets.hex(bytes[position + 2]) < 0) {
                    return -1;
                }
                position += 2;
            } else if (!isName(bytes[position])) {
                return -1;
            }
            position++;
        }
        return position;
    }

    private static boolean isName(byte b) {
        byte lower = Octets.lower(b);
        if ((lower >= 'a' && lower <= 'z') || Octets.isDigit(b)) {
            return true;
        }
        for (byte extra : NAME_EXTRAS) {
            if (b == extra) {
                return true;
            }
        }
        return false;
    }

    private static int endOfLiteral(byte[] bytes, int start, int end) {
        int position = start + 1;
        int colons = 0;
        while (position < end && bytes[position] != ']') {
            if (bytes[position] == ':') {
                colons++;
            } else if (Octets.hex(bytes[position]) < 0 && bytes[position] != '.') {
                return -1;
            }
            position++;
        }
        return position < end && colons >= 2 ? position + 1 : -1;
    }

    private static boolean validPort(byte[] bytes, int colon, int end) {
        if (colon == end) {
            return true;
        }
        if (bytes[colon] != ':') {
            return false;
        }
        int port = 0;
        for (int i = colon + 1; i < end; i++) {
            if (!Octets.isDigit(bytes[i])) {
                return false;
            }
            port = port * 10 + (bytes[i] - '0');
            if (port > MAX_PORT) {
                return false;
            }
        }
        return true;
    }
}
