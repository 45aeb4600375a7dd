package io.evenkeel.proxy.http;

/**
 * Takes a request target apart and settles what host and path the request is for. Stateless.
 *
 * <p><b>Spec.</b> RFC 9112 §3.2: exactly one valid {@code Host}, absolute-form wins over it; origin-form and asterisk-form otherwise. An OPTIONS
 * in absolute-form without a path means {@code *} (§3.2.4).
 */
final class TargetRules {

    private static final byte[] HTTP = Octets.ascii("http://");
    private static final byte[] HTTPS = Octets.ascii("https://");
    private static final byte[] SLASH = {'/'};
    private static final byte[] ASTERISK = {'*'};

    private TargetRules() {}

    static HeadVerdict apply(RequestHead head) {
        if (!host(head)) {
            return HeadVerdict.MALFORMED;
        }
        byte[] bytes = head.bytes();
        RequestTarget target = head.target();
        if (bytes[target.start()] == '/') {
            return path(target, bytes, target.start());
        }
        if (target.end() - target.start() == 1 && bytes[target.start()] == '*') {
            target.path(bytes, target.start(), target.end(), target.end());
            return head.method() == Method.OPTIONS ? HeadVerdict.COMPLETE : HeadVerdict.MALFORMED;
        }
        if (head.method() == Method.CONNECT) {
            return HeadVerdict.METHOD_REFUSED;
        }
        return absolute(head);
    }

    private static boolean host(RequestHead head) {
        FieldTable fields = head.fields();
        int seen = -1;
        for (int i = 0; i < fields.count(); i++) {
            if (fields.known(i) == KnownField.HOST) {
                if (seen >= 0) {
                    return false;
                }
                seen = i;
            }
        }
        if (seen < 0) {
            head.target().authority(0, 0, 0);
            return head.http10();
        }
        return authority(head, fields.valueStart(seen), fields.valueEnd(seen), true);
    }

    private static HeadVerdict absolute(RequestHead head) {
        byte[] bytes = head.bytes();
        RequestTarget target = head.target();
        int start = target.start() + schemeLength(bytes, target.start(), target.end());
        if (start == target.start()) {
            return HeadVerdict.MALFORMED;
        }
        int end = start;
        while (end < target.end() && bytes[end] != '/' && bytes[end] != '?') {
            end++;
        }
        if (!authority(head, start, end, false)) {
            return HeadVerdict.MALFORMED;
        }
        target.absolute(true);
        if (end == target.end()) {
            target.path(head.method() == Method.OPTIONS ? ASTERISK : SLASH, 0, 1, 1);
            return HeadVerdict.COMPLETE;
        }
        if (bytes[end] == '?') {
            emptyPath(target, bytes, end);
            return HeadVerdict.COMPLETE;
        }
        return path(target, bytes, end);
    }

    /** An empty path before a query is {@code /} (RFC 9110 §4.2.3). Allocates; off the usual path. */
    private static void emptyPath(RequestTarget target, byte[] bytes, int query) {
        byte[] path = new byte[1 + target.end() - query];
        path[0] = '/';
        System.arraycopy(bytes, query, path, 1, target.end() - query);
        target.path(path, 0, 1, path.length);
    }

    private static int schemeLength(byte[] bytes, int start, int end) {
        for (byte[] scheme : new byte[][] {HTTP, HTTPS}) {
            if (end - start > scheme.length && Octets.equalsIgnoreCase(bytes, start, start + scheme.length, scheme)) {
                return scheme.length;
            }
        }
        return 0;
    }

    private static boolean authority(RequestHead head, int start, int end, boolean mayBeEmpty) {
        int hostEnd = Authority.endOfHost(head.bytes(), start, end);
        if (hostEnd < 0 || (hostEnd == start && (!mayBeEmpty || end > start))) {
            return false;
        }
        head.target().authority(start, end, hostEnd);
        return true;
    }

    private static HeadVerdict path(RequestTarget target, byte[] bytes, int start) {
        int query = start;
        boolean suspicious = false;
        while (query < target.end() && bytes[query] != '?') {
            suspicious |=
                    bytes[query] == '%' || bytes[query] == '\\' || (bytes[query] == '.' && bytes[query - 1] == '/');
            query++;
        }
        if (!suspicious) {
            target.path(bytes, start, query, target.end());
            return HeadVerdict.COMPLETE;
        }
        return PathNormalizer.normalize(target, bytes, start, query) ? HeadVerdict.COMPLETE : HeadVerdict.MALFORMED;
    }
}
