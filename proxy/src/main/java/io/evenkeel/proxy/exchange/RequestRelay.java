package io.evenkeel.proxy.exchange;

import io.evenkeel.proxy.http.BodyReader;
import io.evenkeel.proxy.http.BodySink;
import io.evenkeel.proxy.http.Method;
import io.evenkeel.proxy.http.RequestHead;
import io.evenkeel.proxy.telemetry.ExchangeBytes;
import io.evenkeel.proxy.upstream.UpstreamConnection;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * The way of one request to its endpoint: the head as it will be sent, kept while it may have to be sent again, and the body as it comes in.
 * Event-loop confined.
 *
 * <p><b>Ownership.</b> Holds the head until {@link #releaseHead}.
 */
final class RequestRelay implements BodySink {

    private final BodyReader body = new BodyReader(LoopContext.MAX_TRAILER_BYTES);
    private final ExchangeBytes bytes;
    private @Nullable ByteBuf head;
    private @Nullable UpstreamConnection connection;
    private Method method = Method.OTHER;
    private boolean http10;
    private boolean keepAlive;
    private boolean bodiless;
    private boolean bodyRead;
    private boolean unflushed;

    RequestRelay(ExchangeBytes bytes) {
        this.bytes = bytes;
    }

    /**
     * Takes from a head what is needed after it has been overwritten; the request is refused later or not at all.
     *
     * @param maxBodyBytes most octets of a chunked body; 0: no limit
     */
    void begin(RequestHead from, long maxBodyBytes) {
        method = from.method();
        http10 = from.http10();
        keepAlive = from.keepAlive();
        bytes.receivedHead(from.length());
        if (from.framing().chunked()) {
            body.chunked(false, maxBodyBytes);
        } else if (from.framing().contentLength() > 0) {
            body.length(from.framing().contentLength());
        } else {
            body.none();
        }
        bodiless = body.done();
        bodyRead = false;
    }

    /** Nothing is known of this request but that it is wrong. */
    void beginMalformed() {
        method = Method.OTHER;
        http10 = false;
        keepAlive = false;
        body.none();
        bodiless = true;
    }

    /** <b>Ownership.</b> Takes {@code rewritten}. */
    void head(ByteBuf rewritten) {
        head = rewritten;
    }

    void releaseHead() {
        if (head != null) {
            head.release();
            head = null;
        }
    }

    /** Sends the head over this connection, and from now on the body. */
    void sendTo(UpstreamConnection to) {
        connection = to;
        if (head != null) {
            to.write(head.retainedDuplicate());
        }
        unflushed = true;
    }

    /** The connection is no longer this exchange's. */
    void detach() {
        connection = null;
        unflushed = false;
    }

    /** Whether body octets can be relayed now. */
    boolean takesBody() {
        return connection != null && !body.done();
    }

    /** Relays body octets; returns as {@link BodyReader#read} does. */
    int relay(ByteBuf in) {
        bodyRead = true;
        long before = body.payloadBytes();
        int start = in.readerIndex();
        int end = body.read(in, start, this);
        long payload = body.payloadBytes() - before;
        bytes.receivedBody(payload);
        if (end > start) {
            bytes.receivedHead(end - start - payload);
        }
        return end;
    }

    @Override
    public void onPart(ByteBuf part) {
        if (connection == null) {
            part.release();
        } else {
            connection.write(part);
            unflushed = true;
        }
    }

    /** Whether the body was found malformed because it is too long. */
    boolean overLimit() {
        return body.overLimit();
    }

    /** Returns whether there was something to flush. */
    boolean flush() {
        if (!unflushed || connection == null) {
            return false;
        }
        unflushed = false;
        connection.flush();
        return true;
    }

    /** Whether the endpoint takes no more for now. */
    boolean blocked() {
        return connection != null && !body.done() && !connection.isWritable();
    }

    /** Whether all of the request has been read from the client. */
    boolean done() {
        return body.done();
    }

    /** Whether it can be sent to another endpoint from its beginning. */
    boolean replayable() {
        return !bodyRead;
    }

    /** Whether sending it twice does no harm and is possible whatever happens to the first (RFC 9110 §9.2.2). */
    boolean safeToRepeat() {
        return method.idempotent() && bodiless;
    }

    long bodyBytes() {
        return body.payloadBytes();
    }

    Method method() {
        return method;
    }

    boolean http10() {
        return http10;
    }

    boolean keepAlive() {
        return keepAlive;
    }
}
