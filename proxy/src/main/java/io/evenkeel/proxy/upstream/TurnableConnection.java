package io.evenkeel.proxy.upstream;

/** A connection to an endpoint that can be turned into something else than HTTP (RFC 9110 §7.8). Event-loop confined. */
public interface TurnableConnection extends UpstreamConnection {

    /** From now on it carries no HTTP: {@code to} is the user, is given octets as they come, and may be told that the endpoint sends no more. */
    void turnOver(UpstreamUser to);

    /**
     * Tells the endpoint of a connection that was turned over, behind all that was written, that nothing follows; what it sends still counts.
     *
     * @param told run once it has been told; never, if the connection breaks before
     */
    void finish(Runnable told);

    /** Ends it, in a way that the endpoint does not take for a proper end; its user hears no more of it. */
    void reset();
}
