package io.evenkeel.proxy.tcp;

/** What the first bytes of a connection are. */
enum HelloVerdict {
    /** Perhaps a TLS hello, of which more is to come. */
    INCOMPLETE,
    /** A hello that names a server. */
    NAMED,
    /** A hello that names none, or something else than TLS. */
    NAMELESS,
    /** What may be a hello, but is longer than allowed. */
    TOO_LONG,
    /** TLS, but not a hello as RFC 8446 has it. */
    MALFORMED
}
