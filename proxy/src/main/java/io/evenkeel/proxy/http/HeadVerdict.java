package io.evenkeel.proxy.http;

/** What a scan of a head, and the rules on its fields, came to. */
public enum HeadVerdict {
    /** The head is whole and nothing in it is doubtful. */
    COMPLETE,
    /** More octets are needed. */
    INCOMPLETE,
    MALFORMED,
    TARGET_TOO_LONG,
    TOO_LARGE,
    VERSION_UNSUPPORTED,
    METHOD_REFUSED,
    CODING_UNKNOWN,
    EXPECTATION_UNKNOWN
}
