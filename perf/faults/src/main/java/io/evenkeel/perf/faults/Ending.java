package io.evenkeel.perf.faults;

/** How a request ended for the client. */
enum Ending {

    /** Status 200 with the right body. */
    OK,

    /** Status 429 or 503 with Retry-After: turned away in order. */
    SHED,

    /** Another status. */
    REFUSED,

    /** The connection ended before the response was complete. */
    BROKEN,

    /** The response was not what the endpoint sent. */
    WRONG,

    /** Not answered within {@link OpenLoop#PATIENCE_SECONDS}. */
    HUNG
}
