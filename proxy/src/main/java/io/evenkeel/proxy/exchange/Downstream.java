package io.evenkeel.proxy.exchange;

import io.evenkeel.proxy.http.ClientAddress;
import io.evenkeel.proxy.http.RequestId;
import io.evenkeel.proxy.http.ResponseHead;
import io.evenkeel.proxy.http.ResponseHeadEditor;
import io.evenkeel.proxy.telemetry.Failure;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;

/**
 * The client's side of an exchange: an HTTP/1.1 connection, or a stream of an HTTP/2 connection. Event-loop confined.
 *
 * <p>An exchange writes interim heads, then either {@link #writeError}, or one final head, parts of its body, perhaps trailers, and {@link #end}; what
 * was cut off is never ended. {@link #onExchangeEnd} is the last that it says.
 */
public interface Downstream {

    LoopListener listener();

    ClientAddress client();

    /** The client's connection, which may have other streams too. */
    Channel channel();

    ByteBufAllocator alloc();

    /** Whether there is still somebody to write to. */
    boolean isActive();

    /** False: what is written now piles up in memory. */
    boolean isWritable();

    /** Whether the transport says where bodies end, so that they need no framing of HTTP/1. */
    boolean framed();

    /** Requests begun on this connection. */
    int served();

    /** Octets of the body of the request at work so far. */
    long requestBytes();

    /** Whether it is the endpoint that does not take more of the body. */
    boolean requestBlocked();

    /** Waits for this from now on, as long as the settings allow. */
    void await(ClientWait what);

    /** The client takes bytes again. */
    void onTaken();

    /** The client has let this connection wait for longer than the settings allow. */
    void onImpatience(ClientWait wait);

    /** Takes up what of the request has come in, as far as it can go now. */
    void process();

    /**
     * Writes the head that starts at the reader index of {@code in}, which stands afterwards where what is still to be written begins: behind the head, or at a
     * head that was rewritten in place.
     *
     * @param in nobody else's: it may be written to
     * @return octets of the head as the client gets it
     */
    int writeHead(ByteBuf in, ResponseHead head, ResponseHeadEditor.Persistence persistence);

    /** <b>Ownership.</b> Releases {@code part}. */
    void write(ByteBuf part);

    /**
     * Writes the trailers behind the last part; only where {@link #framed}.
     *
     * <p><b>Ownership.</b> Releases {@code lines}, field lines and the empty line.
     */
    void writeTrailers(ByteBuf lines);

    /** The response is complete. */
    void end();

    /** Whether an endpoint that switches protocols has understood what it was asked, as far as that is not for the client to find out. */
    boolean accepts(ResponseHead head);

    /**
     * Tells the client of a tunnel, behind all that was written, that nothing follows; what it sends still counts.
     *
     * @param told run once it has been told; never, if the connection breaks before
     */
    void finish(Runnable told);

    /** Sends what was written; costs nothing where there is nothing. */
    void flush();

    /**
     * Writes a whole answer that comes from the router itself.
     *
     * @return octets as the client gets them
     */
    int writeError(Failure failure, RequestId id, ResponseHeadEditor.Persistence persistence, boolean headOnly);

    /** The exchange is over and what it has to say is written. */
    void onExchangeEnd(Persistence persistence);
}
