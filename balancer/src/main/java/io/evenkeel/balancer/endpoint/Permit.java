package io.evenkeel.balancer.endpoint;

import org.jspecify.annotations.Nullable;

/**
 * The right to have one attempt in flight. Begins when an endpoint has been picked, before a connection is asked for, and ends exactly
 * once: as {@link #success}, {@link #ignored} or {@link #dropped}. Reusable for the next attempt or exchange.
 *
 * <p><b>Threading.</b> Event-loop confined.
 *
 * <p><b>Ownership.</b> Belongs to one exchange, which ends it on every path; the second end of one beginning is a bug and throws.
 */
public final class Permit {

    private @Nullable EndpointState endpoint;

    /** Counts one attempt as in flight at this endpoint. */
    public void begin(EndpointState picked) {
        if (endpoint != null) {
            throw new IllegalStateException("permit already held for " + endpoint.address());
        }
        endpoint = picked;
        picked.attemptBegun();
    }

    /** Counts one attempt as in flight at this endpoint if it has room for it; false: it has not, and nothing was counted. */
    public boolean tryBegin(EndpointState picked) {
        if (endpoint != null) {
            throw new IllegalStateException("permit already held for " + endpoint.address());
        }
        if (!picked.attemptBegunWithin(picked.limit())) {
            return false;
        }
        endpoint = picked;
        return true;
    }

    /**
     * The endpoint did what was asked of it, whatever it answered.
     *
     * @param headNanos from the request's last byte sent to the response head, in nanoseconds; −1 if not known
     */
    public void success(long headNanos) {
        end().attemptSucceeded(headNanos);
    }

    /** The attempt says nothing about the endpoint: the client went away, or the router itself stopped it. */
    public void ignored() {
        end();
    }

    /** The endpoint failed the attempt. */
    public void dropped(Fault fault) {
        end().attemptFailed(fault);
    }

    /** Where the attempt in flight is, or null when there is none. */
    public @Nullable EndpointState endpoint() {
        return endpoint;
    }

    private EndpointState end() {
        EndpointState ended = endpoint;
        if (ended == null) {
            throw new IllegalStateException("permit not held");
        }
        endpoint = null;
        ended.attemptEnded();
        return ended;
    }
}
