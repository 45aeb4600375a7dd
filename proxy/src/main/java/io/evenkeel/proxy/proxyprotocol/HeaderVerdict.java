package io.evenkeel.proxy.proxyprotocol;

/** What the first bytes of a connection are. */
public enum HeaderVerdict {
    /** A header, or the beginning of something else: more is to come. */
    INCOMPLETE,
    /** No header. */
    ABSENT,
    COMPLETE,
    /** What begins as a header and is none. */
    MALFORMED
}
