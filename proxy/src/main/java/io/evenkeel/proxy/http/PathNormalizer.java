package io.evenkeel.proxy.http;

/**
 * Settles a path with percent signs, dots or backslashes once, for routing and forwarding alike, so that nobody behind the router can read
 * another path than the one that was routed. Dot segments, also percent-encoded ones, are removed (RFC 3986 §5.2.4, §6.2.2.2); a path that
 * climbs above its root, hides a dot segment behind an encoded slash or a backslash, holds an encoded NUL, or has a broken escape is refused.
 * Other escapes, {@code %2F} among them, stay as they are. Allocates; off the usual path.
 */
final class PathNormalizer {

    private PathNormalizer() {}

    /** Normalises {@code bytes[start, queryStart)} and takes the query along; false where the path is refused. */
    static boolean normalize(RequestTarget target, byte[] bytes, int start, int queryStart) {
        byte[] out = new byte[target.end() - start];
        int length = 0;
        int segment = start + 1;
        while (segment <= queryStart) {
            int end = segment;
            while (end < queryStart && bytes[end] != '/') {
                end++;
            }
            int dots = dots(bytes, segment, end);
            if (dots < 0 || (dots == 2 && length == 0)) {
                return false;
            }
            if (dots == 0) {
                out[length++] = '/';
                System.arraycopy(bytes, segment, out, length, end - segment);
                length += end - segment;
            } else {
                if (dots == 2) {
                    length = parent(out, length);
                }
                if (end == queryStart) {
                    out[length++] = '/';
                }
            }
            segment = end + 1;
        }
        int query = target.end() - queryStart;
        System.arraycopy(bytes, queryStart, out, length, query);
        target.path(out, 0, length, length + query);
        return true;
    }

    private static int parent(byte[] out, int length) {
        int slash = length - 1;
        while (out[slash] != '/') {
            slash--;
        }
        return slash;
    }

    /** 1 for {@code .}, 2 for {@code ..}, 0 for an ordinary segment, −1 for one that must be refused. */
    private static int dots(byte[] bytes, int start, int end) {
        int position = start;
        int part = 0;
        int partLength = 0;
        boolean separated = false;
        while (position <= end) {
            int octet = position == end ? '/' : decoded(bytes, position, end);
            if (octet <= 0) {
                return -1;
            }
            if (octet == '/' || octet == '\\') {
                boolean dotted = part == partLength && part > 0 && part <= 2;
                separated |= position < end;
                if (dotted && separated) {
                    return -1;
                }
                if (position == end) {
                    return dotted ? part : 0;
                }
                part = 0;
                partLength = 0;
            } else {
                part += octet == '.' ? 1 : 0;
                partLength++;
            }
            position += bytes[position] == '%' ? 3 : 1;
        }
        return 0;
    }

    private static int decoded(byte[] bytes, int position, int end) {
        if (bytes[position] != '%') {
            return bytes[position] & 0xff;
        }
        if (position + 2 >= end) {
            return -1;
        }
        int high = Octets.hex(bytes[position + 1]);
        int low = Octets.hex(bytes[position + 2]);
        return high < 0 || low < 0 ? -1 : high << 4 | low;
    }
}
