package io.evenkeel.proxy.http2;

import io.netty.util.AsciiString;

/** Which {@code :scheme} a request may name (RFC 9113 §8.3.1). */
public enum Schemes {
    /** The connection is not encrypted, and so the resource is an http one. */
    HTTP,
    HTTPS,
    /** The client is a trusted proxy, which knows better than this router how its own client came. */
    EITHER;

    private static final AsciiString HTTP_TEXT = AsciiString.cached("http");
    private static final AsciiString HTTPS_TEXT = AsciiString.cached("https");

    /** What is allowed on a connection. */
    public static Schemes of(boolean encrypted, boolean trusted) {
        if (trusted) {
            return EITHER;
        }
        return encrypted ? HTTPS : HTTP;
    }

    /** Schemes are compared without regard to case (RFC 9110 §4.2.3). */
    boolean allow(AsciiString scheme) {
        return (this != HTTPS && HTTP_TEXT.contentEqualsIgnoreCase(scheme))
                || (this != HTTP && HTTPS_TEXT.contentEqualsIgnoreCase(scheme));
    }
}
