package io.evenkeel.proxy.exchange;

/** What an exchange waits for on its upstream side, which decides what it means when that takes too long. */
enum UpstreamWait {
    NOTHING,
    /** A connection to become free; time-outs of connecting itself are the connector's. */
    CONNECTION,
    /** The endpoint to take more of the request. */
    REQUEST_TAKEN,
    /** The head of the response. */
    RESPONSE_HEAD,
    /** More of the response body. */
    RESPONSE_BODY
}
