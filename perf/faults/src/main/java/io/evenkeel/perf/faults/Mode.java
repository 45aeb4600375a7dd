package io.evenkeel.perf.faults;

/** How an endpoint behaves. Health checks (paths that begin with {@code /health}) meet the same. */
enum Mode {

    /** Answers every request after its service time. */
    OK,

    /** Answers everything {@link Workers#SLOWNESS} times slower. */
    SLOW,

    /** Has been killed: open connections are reset, new ones refused. */
    REFUSE,

    /** Has vanished, as a node without power: nothing is answered any more, and connects are neither accepted nor refused. */
    VANISH,

    /** Accepts and reads and never answers. */
    SILENT,

    /** Accepts and neither reads nor answers. */
    DEAF,

    /** Resets every connection as soon as it is open. */
    RESET_ON_ACCEPT,

    /** Resets the connection when it has read a request's head. */
    RESET_AFTER_HEAD,

    /** Resets in the middle of the response head. */
    RESET_IN_HEAD,

    /** Resets in the middle of the response body. */
    RESET_IN_BODY,

    /** Answers with octets that are no HTTP. */
    GARBAGE,

    /** Announces fewer octets than it sends. */
    TOO_LONG,

    /** Announces more octets than it sends, and closes. */
    TOO_SHORT,

    /** Answers when it has read the head, and closes without having read the body. */
    EARLY,

    /** Answers 503 with Retry-After: back-pressure, no failure. */
    BUSY,

    /** Is killed and started again every {@link FaultyEndpoint#FLAP_MILLIS}. */
    FLAP;

    /** Whether requests that came in this mode will never be answered. */
    boolean isMute() {
        return this == VANISH || this == SILENT || this == DEAF;
    }
}
