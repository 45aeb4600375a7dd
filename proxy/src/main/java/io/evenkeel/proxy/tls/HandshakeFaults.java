package io.evenkeel.proxy.tls;

import io.evenkeel.proxy.telemetry.HandshakeFault;
import java.nio.channels.ClosedChannelException;
import java.util.Locale;
import javax.net.ssl.SSLException;

/** Tells from what a TLS library says why a handshake came to nothing. Both libraries say it in words only. Stateless. */
final class HandshakeFaults {

    private HandshakeFaults() {}

    static HandshakeFault of(Throwable cause) {
        for (Throwable each = cause; each != null; each = each.getCause()) {
            HandshakeFault fault = ofMessage(String.valueOf(each.getMessage()).toLowerCase(Locale.ROOT));
            if (fault != HandshakeFault.OTHER) {
                return fault;
            }
        }
        return cause instanceof ClosedChannelException || !hasTlsReason(cause)
                ? HandshakeFault.CLIENT_CLOSED
                : HandshakeFault.OTHER;
    }

    private static boolean hasTlsReason(Throwable cause) {
        return cause instanceof SSLException || cause.getCause() instanceof SSLException;
    }

    private static HandshakeFault ofMessage(String message) {
        if (has(message, "alert_", "alert number", "fatal alert")) {
            return HandshakeFault.CLIENT_ALERT;
        }
        if (has(message, "no_shared_cipher", "no cipher suites in common", "no common cipher")) {
            return HandshakeFault.NO_CIPHER;
        }
        if (has(
                message,
                "unsupported_protocol",
                "unsupported protocol",
                "not enabled or supported",
                "not accepted by server",
                "wrong_version")) {
            return HandshakeFault.NO_VERSION;
        }
        if (has(message, "certificat", "certpath", "cert_chain")) {
            return HandshakeFault.CLIENT_CERTIFICATE;
        }
        return has(message, "close_notify", "closed", "reset", "broken pipe")
                ? HandshakeFault.CLIENT_CLOSED
                : HandshakeFault.OTHER;
    }

    private static boolean has(String message, String... words) {
        for (String word : words) {
            if (message.contains(word)) {
                return true;
            }
        }
        return false;
    }
}
