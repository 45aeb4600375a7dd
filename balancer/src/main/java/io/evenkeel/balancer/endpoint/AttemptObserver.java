package io.evenkeel.balancer.endpoint;

/**
 * Hears how attempts at an endpoint end.
 *
 * <p><b>Threading.</b> Called by event loops, several at once, on the request path: takes no lock, allocates nothing, waits for nothing.
 */
public interface AttemptObserver {

    /**
     * The endpoint did what was asked of it.
     *
     * @param headNanos from the request's last byte sent to the response head, in nanoseconds; −1 if not known
     */
    void onSuccess(EndpointState endpoint, long headNanos);

    /** The endpoint failed. */
    void onDropped(EndpointState endpoint, Fault fault);
}
