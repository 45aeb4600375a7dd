package io.evenkeel.proxy.http;

/** Which trailer sections may be passed on. Stateless. */
public final class Trailers {

    /** A sender that needs more trailer fields than this has a body to put them in. */
    private static final int MAX_FIELDS = 64;

    private static final byte[][] FORBIDDEN = {
        Octets.ascii("authorization"),
        Octets.ascii("proxy-authorization"),
        Octets.ascii("cookie"),
        Octets.ascii("set-cookie"),
        Octets.ascii("content-encoding"),
        Octets.ascii("content-type"),
        Octets.ascii("content-range"),
        Octets.ascii("trailer"),
        Octets.ascii("max-forwards"),
        Octets.ascii("cache-control")
    };

    private Trailers() {}

    /** Whether this is a section of field lines none of which frames, routes, authenticates or modifies (RFC 9110 §6.5.1). */
    public static boolean valid(byte[] bytes, int length) {
        FieldTable fields = new FieldTable(MAX_FIELDS);
        if (FieldScanner.scan(bytes, 0, length, fields, MAX_FIELDS) != length) {
            return false;
        }
        for (int i = 0; i < fields.count(); i++) {
            KnownField known = fields.known(i);
            if ((known != KnownField.OTHER && known != KnownField.DATE) || forbidden(bytes, fields, i)) {
                return false;
            }
        }
        return true;
    }

    private static boolean forbidden(byte[] bytes, FieldTable fields, int line) {
        for (byte[] name : FORBIDDEN) {
            if (Octets.equalsIgnoreCase(bytes, fields.start(line), fields.nameEnd(line), name)) {
                return true;
            }
        }
        return false;
    }
}
