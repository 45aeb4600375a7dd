package io.evenkeel.proxy.http2;

import io.netty.util.AsciiString;
import org.jspecify.annotations.Nullable;

/** The pseudo-header fields of one request (RFC 9113 §8.3.1). Reused; event-loop confined. */
final class RequestPseudo {

    private static final AsciiString METHOD = AsciiString.cached(":method");
    private static final AsciiString SCHEME = AsciiString.cached(":scheme");
    private static final AsciiString AUTHORITY = AsciiString.cached(":authority");
    private static final AsciiString PATH = AsciiString.cached(":path");
    private static final AsciiString PROTOCOL = AsciiString.cached(":protocol");
    private static final AsciiString GET = AsciiString.cached("GET");
    private static final AsciiString CONNECT = AsciiString.cached("CONNECT");

    private @Nullable AsciiString method;
    private @Nullable AsciiString scheme;
    private @Nullable AsciiString authority;
    private @Nullable AsciiString path;
    private @Nullable AsciiString protocol;

    void clear() {
        method = null;
        scheme = null;
        authority = null;
        path = null;
        protocol = null;
    }

    static boolean isPseudo(AsciiString name) {
        return !name.isEmpty() && name.byteAt(0) == ':';
    }

    /** Takes one; false: unknown, there already, or empty. */
    boolean add(AsciiString name, AsciiString value) {
        if (value.isEmpty()) {
            return false;
        }
        if (METHOD.equals(name) && method == null) {
            method = value;
        } else if (SCHEME.equals(name) && scheme == null) {
            scheme = value;
        } else if (AUTHORITY.equals(name) && authority == null) {
            authority = value;
        } else if (PATH.equals(name) && path == null) {
            path = value;
        } else if (PROTOCOL.equals(name) && protocol == null) {
            protocol = value;
        } else {
            return false;
        }
        return true;
    }

    /** Whether all that there must be is there and can stand in a request line. */
    boolean legal(Schemes schemes) {
        if (method == null || !FieldRules.legalToken(method)) {
            return false;
        }
        if (authority != null && !FieldRules.legalTarget(authority)) {
            return false;
        }
        if (protocol != null) {
            return legalProtocol(protocol) && legalTarget(schemes);
        }
        return connects() ? legalConnect() : legalTarget(schemes);
    }

    /** RFC 8441 §4: only with CONNECT, which then names a resource like any other method. */
    private boolean legalProtocol(AsciiString name) {
        return CONNECT.equals(method) && authority != null && FieldRules.legalToken(name);
    }

    /** RFC 9113 §8.5. */
    private boolean legalConnect() {
        return scheme == null && path == null && authority != null;
    }

    /** Anything but a path or an asterisk would be another form of target to HTTP/1.1, with an authority of its own. */
    private boolean legalTarget(Schemes schemes) {
        return scheme != null
                && path != null
                && schemes.allow(scheme)
                && (path.byteAt(0) == '/' || (path.byteAt(0) == '*' && path.length() == 1))
                && FieldRules.legalTarget(path);
    }

    /** Whether a {@code Host} field names the same as {@code :authority}, or there is nothing to compare it with. */
    boolean agrees(AsciiString host) {
        return authority == null || authority.contentEqualsIgnoreCase(host);
    }

    private boolean connects() {
        return CONNECT.equals(method) && protocol == null;
    }

    /** As HTTP/1.1 has it: what it calls an upgrade is asked for with GET. */
    AsciiString method() {
        return protocol == null ? present(method) : GET;
    }

    /** What the stream is to carry instead of a request and its response; null: just these. */
    @Nullable
    AsciiString protocol() {
        return protocol;
    }

    /** What stands behind the method in the request line. */
    AsciiString target() {
        return present(connects() ? authority : path);
    }

    @Nullable
    AsciiString authority() {
        return authority;
    }

    private static AsciiString present(@Nullable AsciiString text) {
        return java.util.Objects.requireNonNull(text);
    }
}
