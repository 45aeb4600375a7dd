package io.evenkeel.proxy.telemetry;

import java.util.Locale;

/** Why a client's TLS handshake came to nothing. */
public enum HandshakeFault {
    /** The octets are no TLS at all. */
    NOT_TLS,
    /** They are HTTP in the clear. */
    PLAIN_HTTP,
    /** The hello is larger than any honest one. */
    HELLO_TOO_LARGE,
    /** The hello does not follow its grammar. */
    HELLO_MALFORMED,
    /** A server is named that no certificate is for, where that is asked for strictly. */
    UNKNOWN_NAME,
    /** Nothing that the client offers by ALPN is spoken. */
    NO_PROTOCOL,
    /** The client wants versions that are not spoken. */
    NO_VERSION,
    NO_CIPHER,
    /** A client certificate is required, and none or a bad one was shown. */
    CLIENT_CERTIFICATE,
    /** The client sent an alert, mostly because it does not trust the certificate. */
    CLIENT_ALERT,
    /** The client went away. */
    CLIENT_CLOSED,
    TIMEOUT,
    OTHER;

    private final String label = name().toLowerCase(Locale.ROOT);

    /** The value of the metric label {@code reason}. */
    public String label() {
        return label;
    }
}
