package io.evenkeel.proxy.telemetry;

/** What became of a request that a cookie or a learned key may tie to an endpoint. */
public enum TieOutcome {
    /** It went to the endpoint that its cookie leads to. */
    COOKIE_HIT("hit"),
    /** It had no cookie. */
    COOKIE_NEW("new"),
    /** Its cookie leads to an endpoint that has left, or may not be used. */
    COOKIE_LOST("lost"),
    /** Its cookie was not made with the secret. */
    COOKIE_FORGED("forged"),
    /** It went to the endpoint that made its key known. */
    KEY_HIT("hit"),
    /** Nobody has made its key known here, or too long ago. */
    KEY_UNKNOWN("unknown"),
    /** The endpoint that made its key known has left, or may not be used. */
    KEY_LOST("lost");

    private final String label;

    TieOutcome(String label) {
        this.label = label;
    }

    /** The value of the metric label {@code result}. */
    String label() {
        return label;
    }

    boolean ofCookie() {
        return compareTo(COOKIE_FORGED) <= 0;
    }
}
