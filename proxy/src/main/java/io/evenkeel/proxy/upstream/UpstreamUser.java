package io.evenkeel.proxy.upstream;

import io.evenkeel.proxy.telemetry.Failure;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** Who waits for, and then uses, an upstream connection. Called on the connection's event loop only. */
public interface UpstreamUser {

    /** The connection is the user's until it recycles or discards it. May be called from within {@link EndpointPool#acquire}. */
    void onAcquired(UpstreamConnection connection);

    /** There will be no connection, for this reason. May be called from within {@link EndpointPool#acquire}. */
    void onAcquireFailed(Failure failure);

    /**
     * The endpoint is unfit for use, by what its health checks say. Called while the user waits for a connection to it as well as while it has one;
     * the user may go on with it, or give up what it waits for or has.
     */
    void onEndpointUnfit();

    /**
     * Octets of HTTP/1.1: heads and bodies, or only heads where the transport frames bodies.
     *
     * <p><b>Ownership.</b> The user releases {@code bytes}, and may write to them until it hands them on.
     */
    void onUpstreamBytes(ByteBuf bytes);

    /**
     * A part of a body that the transport frames.
     *
     * <p><b>Ownership.</b> The user releases {@code part}.
     */
    void onUpstreamData(ByteBuf part);

    /**
     * The transport tells the end of the response; not called for one whose head says that no body follows.
     *
     * <p><b>Ownership.</b> The user releases {@code trailers}, valid field lines and the empty line, or null where there are none.
     */
    void onUpstreamEnd(@Nullable ByteBuf trailers);

    /** For now there is no more to read. */
    void onUpstreamReadComplete();

    /** The connection takes bytes again after it had not. */
    void onUpstreamWritable();

    /**
     * The connection has ended and is of no more use.
     *
     * @param broken whether by a fault, such as a reset, rather than by the endpoint's orderly close
     */
    void onUpstreamClosed(boolean broken);

    /** The router itself wants the connection given up, for this reason, whatever it is used for. The user discards it. */
    void onInterrupted(Failure failure);
}
