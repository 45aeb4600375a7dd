package io.evenkeel.proxy.health;

import java.net.ConnectException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Why a check failed, in a few words for people. */
final class Cause {

    /** Characters: as much as fits on a line besides the rest. */
    private static final int LONGEST = 160;

    private Cause() {}

    static String text(@Nullable Throwable cause) {
        if (cause instanceof ConnectException) {
            return "connection refused";
        }
        if (cause == null) {
            return "the connection failed";
        }
        Throwable inner = innermost(cause);
        String text = inner.getMessage() == null ? inner.getClass().getSimpleName() : inner.getMessage();
        return clean((isTls(cause) ? "TLS: " : "") + text);
    }

    /** What an endpoint had a hand in is printed without control characters, and not at any length. */
    static String clean(String text) {
        String plain = text.replaceAll("\\p{Cntrl}", "?");
        return plain.length() <= LONGEST ? plain : plain.substring(0, LONGEST - 1) + "…";
    }

    private static boolean isTls(Throwable cause) {
        return cause instanceof SSLException || (cause.getCause() != null && isTls(cause.getCause()));
    }

    private static Throwable innermost(Throwable cause) {
        return cause.getCause() == null ? cause : innermost(cause.getCause());
    }
}
