package io.evenkeel.proxy.exchange;

import io.evenkeel.balancer.endpoint.EndpointState;
import io.evenkeel.balancer.endpoint.Fault;
import io.evenkeel.balancer.endpoint.Permit;
import io.evenkeel.proxy.http.ResponseHead;
import io.evenkeel.proxy.telemetry.Failure;
import io.evenkeel.proxy.upstream.EndpointPool;
import io.evenkeel.proxy.upstream.UpstreamConnection;
import io.evenkeel.proxy.upstream.UpstreamUser;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * One try of an exchange at one endpoint: the permit, the wait for a connection, the connection, and what is known of the outcome. What happens on the
 * connection is the {@link UpstreamSide}'s to act upon. Reused; event-loop confined.
 *
 * <p><b>Ownership.</b> From {@link #begin} to {@link #succeed}, {@link #end} or {@link #cancel} it holds a permit, and from {@link #acquire} on it either
 * waits for a connection or has one.
 */
final class Attempt implements UpstreamUser {

    private final UpstreamSide side;
    private final Permit permit = new Permit();
    private String endpointText = "";
    private @Nullable EndpointPool pool;
    private @Nullable UpstreamConnection connection;
    private @Nullable Fault answered;
    private @Nullable Retries retry;
    private boolean sent;
    private boolean headCame;
    private long sentNanos;
    private long headNanos;

    Attempt(UpstreamSide side) {
        this.side = side;
    }

    /** Takes the permit for this endpoint. False: the endpoint has no room for it. */
    boolean begin(EndpointState endpoint) {
        endpointText = endpoint.text();
        answered = null;
        sent = false;
        headCame = false;
        headNanos = -1;
        return permit.tryBegin(endpoint);
    }

    /** It is not the first of its exchange, and was allowed by these. */
    void retriedBy(Retries by) {
        retry = by;
    }

    /** Asks for a connection, which may be there at once; see {@link EndpointPool#acquire}. */
    void acquire(EndpointPool from, long maxIdleNanos) {
        pool = from;
        from.acquire(this, maxIdleNanos);
    }

    /** All of the request has been handed to the kernel. */
    void onSent(long nanos) {
        sent = true;
        sentNanos = nanos;
    }

    /** The head of the final response has come. An endpoint may answer before it was sent everything: then nothing is known of its speed. */
    void onHead(ResponseHead head, long nanos) {
        headCame = true;
        answered = Outcomes.of(head);
        headNanos = sent ? Math.max(0, nanos - sentNanos) : -1;
    }

    /** The endpoint answered that it has failed, in a way that {@link #onHead} does not see. */
    void onFault(Fault fault) {
        answered = fault;
    }

    /** Whether the endpoint answered, and as one that is well. */
    boolean well() {
        return headCame && answered == null;
    }

    /** Ends it after a complete response. */
    void succeed(boolean reusable) {
        endRetry();
        if (answered == null) {
            permit.success(headNanos);
        } else {
            permit.dropped(answered);
        }
        UpstreamConnection used = connection;
        connection = null;
        if (used != null && reusable) {
            used.recycle();
        } else if (used != null) {
            used.discard();
        }
    }

    /** Ends it, if it is at work, for this reason. */
    void end(Failure failure) {
        letGo();
        if (permit.endpoint() == null) {
            return;
        }
        Fault fault = Outcomes.of(failure, sent && !headCame);
        if (fault == null) {
            fault = answered;
        }
        if (fault == null) {
            permit.ignored();
        } else {
            permit.dropped(fault);
        }
    }

    /** Ends it, if it is at work, because nobody wants to know any more. */
    void cancel() {
        letGo();
        if (permit.endpoint() != null) {
            permit.ignored();
        }
    }

    /** Ends it when its connection was a tunnel until now. What that says of the endpoint is how it answered, unless it broke the connection. */
    void endTunnel(@Nullable Failure failure) {
        if (failure == Failure.TUNNEL_RESET) {
            end(failure);
        } else {
            succeed(false);
        }
    }

    private void endRetry() {
        if (retry != null) {
            retry.end();
            retry = null;
        }
    }

    private void letGo() {
        endRetry();
        if (connection != null) {
            connection.discard();
            connection = null;
        } else if (pool != null) {
            pool.cancel(this);
        }
        pool = null;
    }

    /** Where it is, or null where it is not at work. */
    @Nullable
    EndpointState endpoint() {
        return permit.endpoint();
    }

    /** The endpoint's address as logs have it. */
    String endpointText() {
        return endpointText;
    }

    /** From the request sent to the response head, in nanoseconds; −1 if not known. */
    long headNanos() {
        return headNanos;
    }

    @Nullable
    UpstreamConnection connection() {
        return connection;
    }

    @Override
    public void onAcquired(UpstreamConnection acquired) {
        connection = acquired;
        pool = null;
        side.onAcquired(this, acquired);
    }

    @Override
    public void onAcquireFailed(Failure failure) {
        pool = null;
        side.onAcquireFailed(this, failure);
    }

    @Override
    public void onUpstreamBytes(ByteBuf bytes) {
        side.onUpstreamBytes(this, bytes);
    }

    @Override
    public void onUpstreamData(ByteBuf part) {
        side.onUpstreamData(this, part);
    }

    @Override
    public void onUpstreamEnd(@Nullable ByteBuf trailers) {
        side.onUpstreamEnd(trailers);
    }

    @Override
    public void onUpstreamReadComplete() {
        side.onUpstreamReadComplete(this);
    }

    @Override
    public void onUpstreamWritable() {
        side.onUpstreamWritable(this);
    }

    @Override
    public void onUpstreamClosed(boolean broken) {
        side.onUpstreamClosed(this, broken);
    }

    @Override
    public void onEndpointUnfit() {
        side.onEndpointUnfit(this);
    }

    @Override
    public void onInterrupted(Failure failure) {
        side.onInterrupted(this, failure);
    }
}
