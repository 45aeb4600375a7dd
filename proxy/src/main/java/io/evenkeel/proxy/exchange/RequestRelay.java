package io.evenkeel.proxy.exchange;

import io.evenkeel.proxy.http.BodyReader;
import io.evenkeel.proxy.http.BodySink;
import io.evenkeel.proxy.http.ChunkWriter;
import io.evenkeel.proxy.http.Method;
import io.evenkeel.proxy.http.RequestHead;
import io.evenkeel.proxy.telemetry.ExchangeBytes;
import io.evenkeel.proxy.upstream.UpstreamConnection;
import io.netty.buffer.ByteBuf;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The way of one request to its endpoint: the head as it will be sent, kept while it may have to be sent again, and the body as it comes in.
 * Event-loop confined.
 *
 * <p><b>Ownership.</b> Holds the head, and what is kept of the body, until {@link #release}.
 */
final class RequestRelay implements BodySink {

    private final BodyReader body = new BodyReader(LoopContext.MAX_TRAILER_BYTES);
    private final KeptBody kept = new KeptBody();
    private final ExchangeBytes bytes;
    private final Consumer<ByteBuf> forwarding = this::forward;
    private @Nullable ByteBuf head;
    private @Nullable UpstreamConnection connection;
    private Method method = Method.OTHER;
    private boolean http10;
    private boolean keepAlive;
    private boolean bodiless;
    private boolean repeatable;
    private boolean keepsBody;
    private boolean chunked;
    private boolean grpc;
    /** Whether the body comes framed by the transport, and leaves in chunks. */
    private boolean wraps;

    private @Nullable ByteBuf trailers;
    private byte @Nullable [] upgrade;
    private boolean unflushed;

    RequestRelay(ExchangeBytes bytes) {
        this.bytes = bytes;
    }

    /**
     * Takes from a head what is needed after it has been overwritten; the request is refused later or not at all.
     *
     * @param maxBodyBytes most octets of a body without a length; 0: no limit
     * @param clientFrames whether the client's transport tells where the body ends
     * @param endpointFrames whether the endpoint's does
     */
    void begin(RequestHead from, long maxBodyBytes, boolean clientFrames, boolean endpointFrames) {
        method = from.method();
        http10 = from.http10();
        keepAlive = from.keepAlive();
        upgrade = null;
        bytes.receivedHead(from.length());
        chunked = from.framing().chunked();
        grpc = Grpc.call(from);
        wraps = chunked && clientFrames && !endpointFrames;
        if (clientFrames && (chunked || from.framing().contentLength() > 0)) {
            body.framed(maxBodyBytes);
        } else if (chunked) {
            body.chunked(endpointFrames, maxBodyBytes);
        } else if (from.framing().contentLength() > 0) {
            body.length(from.framing().contentLength());
        } else {
            body.none();
        }
        bodiless = body.done();
        repeatable = false;
        kept.begin(0);
    }

    /**
     * Takes from a head, judged by its route, what it asks for, whether it may be sent twice, and keeps what that takes.
     *
     * @param refusable whether endpoints may say that they have not looked at a request, so that any may be sent again
     */
    void repeatBy(RetryRules rules, RequestHead from, boolean refusable) {
        upgrade = from.upgrade().protocol();
        repeatable = rules.repeatable(from);
        int most = rules.maxBodyBytes();
        keepsBody = (repeatable || refusable) && !bodiless && from.framing().contentLength() <= most;
        kept.begin(keepsBody ? most : 0);
    }

    /** Nothing is known of this request but that it is wrong. */
    void beginMalformed() {
        method = Method.OTHER;
        http10 = false;
        keepAlive = false;
        upgrade = null;
        body.none();
        wraps = false;
        grpc = false;
        bodiless = true;
        repeatable = false;
        kept.begin(0);
    }

    /** <b>Ownership.</b> Takes {@code rewritten}. */
    void head(ByteBuf rewritten) {
        head = rewritten;
    }

    /** It will not be sent again. */
    void release() {
        kept.release();
        if (head != null) {
            head.release();
            head = null;
        }
        if (trailers != null) {
            trailers.release();
            trailers = null;
        }
    }

    /** Sends the head over this connection, and the body as far as it has come in; what comes from now on follows. */
    void sendTo(UpstreamConnection to) {
        connection = to;
        if (head != null) {
            to.writeHead(head.retainedDuplicate());
            kept.sendTo(to);
        }
        if (body.done()) {
            endAt(to);
        }
        unflushed = true;
    }

    private void endAt(UpstreamConnection to) {
        to.end(trailers == null ? null : trailers.retainedDuplicate());
    }

    /** Sends a request without body over another connection as well, at once. */
    void sendAlsoTo(UpstreamConnection to) {
        if (head != null) {
            to.writeHead(head.retainedDuplicate());
            endAt(to);
        }
        to.flush();
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
        long before = body.payloadBytes();
        int start = in.readerIndex();
        int end = body.read(in, start, this);
        long payload = body.payloadBytes() - before;
        bytes.receivedBody(payload);
        if (end > start) {
            bytes.receivedHead(end - start - payload);
        }
        endIfDone();
        return end;
    }

    private void endIfDone() {
        if (body.done() && connection != null) {
            endAt(connection);
            unflushed = true;
        }
    }

    /**
     * The transport has told the end of the body.
     *
     * <p><b>Ownership.</b> Takes {@code lines}, or null where there are no trailers.
     */
    void end(@Nullable ByteBuf lines) {
        body.end();
        if (wraps) {
            ChunkWriter.end(lines, forwarding);
        } else {
            trailers = lines;
        }
        endIfDone();
    }

    @Override
    public void onPart(ByteBuf part) {
        if (wraps) {
            ChunkWriter.write(part, part.alloc(), forwarding);
        } else {
            forward(part);
        }
    }

    @Override
    public void onTrailers(ByteBuf lines) {
        trailers = lines;
    }

    private void forward(ByteBuf part) {
        kept.add(part);
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

    /** The protocol that the endpoint is asked to switch to, in lower case; null: none. */
    byte @Nullable [] upgrade() {
        return upgrade;
    }

    /** Whether it is a gRPC call. */
    boolean grpc() {
        return grpc;
    }

    /** Whether nothing follows the head. */
    boolean bodiless() {
        return bodiless;
    }

    /** Whether sending it to another endpoint does no harm (RFC 9110 §9.2.2) and is still possible from its beginning. */
    boolean mayRepeat() {
        return repeatable && kept.whole();
    }

    /** Whether it can still be sent from its beginning. */
    boolean atHand() {
        return kept.whole();
    }

    /** Whether {@link #mayRepeat} will hold whatever is sent. */
    boolean safeToRepeat() {
        return repeatable && (bodiless || (keepsBody && !chunked));
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
