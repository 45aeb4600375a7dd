package io.evenkeel.proxy.streams;

import io.evenkeel.proxy.exchange.ClientPatience;
import io.evenkeel.proxy.exchange.ClientWait;
import io.evenkeel.proxy.exchange.Downstream;
import io.evenkeel.proxy.exchange.Exchange;
import io.evenkeel.proxy.exchange.LoopListener;
import io.evenkeel.proxy.exchange.Persistence;
import io.evenkeel.proxy.http.ClientAddress;
import io.evenkeel.proxy.http.RequestId;
import io.evenkeel.proxy.http.ResponseHead;
import io.evenkeel.proxy.http.ResponseHeadEditor;
import io.evenkeel.proxy.http.WebSocketKey;
import io.evenkeel.proxy.http2.HeaderList;
import io.evenkeel.proxy.telemetry.Failure;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Stream;
import org.jspecify.annotations.Nullable;

/**
 * One stream of a client's connection: one request and its response. Event-loop confined.
 *
 * <p>The exchange may be told that the stream has died only while it is not writing to it: what is noticed during a write is told afterwards.
 */
final class ClientStream implements Downstream {

    private final ClientStreams connection;
    private final Http2Stream stream;
    private final StreamBody body;
    private final StreamAnswer answer;
    private @Nullable Exchange exchange;
    private @Nullable ClientPatience patience;
    private @Nullable WebSocketKey key;
    private boolean dead;

    ClientStream(ClientStreams connection, Http2Stream stream) {
        this.connection = connection;
        this.stream = stream;
        this.body = new StreamBody(connection.alloc());
        this.answer = new StreamAnswer(connection, stream);
    }

    /**
     * The stream's request begins: {@code length} as {@link StreamBody#begin} has it.
     *
     * @param asks what the endpoint is asked for a WebSocket with, or null
     */
    Exchange begin(long length, boolean ends, @Nullable WebSocketKey asks) {
        key = asks;
        body.begin(length, ends);
        Exchange begun = connection.listener().loop().newExchange(this);
        exchange = begun;
        return begun;
    }

    /**
     * Octets of the request's body have come.
     *
     * @return octets that may be given back to the window at once
     */
    int onData(ByteBuf data, boolean ends) {
        int octets = data.readableBytes();
        if (!body.count(octets, ends)) {
            die(Http2Error.PROTOCOL_ERROR, Failure.MALFORMED_REQUEST_BODY);
            return octets;
        }
        Exchange now = exchange;
        if (now == null || !body.expected()) {
            return octets;
        }
        body.add(data, now);
        connection.touched(this);
        return advance();
    }

    /** <b>Ownership.</b> Takes {@code lines}: the trailer section, or null where it is malformed. */
    void onTrailers(@Nullable ByteBuf lines) {
        if (lines == null || !body.count(0, true)) {
            io.netty.util.ReferenceCountUtil.release(lines);
            die(Http2Error.PROTOCOL_ERROR, Failure.MALFORMED_REQUEST_BODY);
        } else if (exchange == null || !body.expected()) {
            lines.release();
        } else {
            body.trailers(lines);
            connection.touched(this);
            connection.giveBack(stream, advance());
        }
    }

    /** Moves the request on as far as it goes; returns octets that may be given back to the window. */
    private int advance() {
        Exchange now = exchange;
        if (now != null && body.move(now) && now == exchange) {
            body.tellEnd(now);
        }
        return body.takeOwed(exchange != null && exchange.requestBlocked());
    }

    @Override
    public void process() {
        int settled = advance();
        connection.giveBack(stream, settled);
        flushRequest();
    }

    void flushRequest() {
        if (exchange != null) {
            exchange.flushRequest();
        }
    }

    /** Ends the stream for a fault of the client, which gets no other answer. */
    private void die(Http2Error error, Failure failure) {
        dead = true;
        fail(failure);
        connection.reset(stream, error);
    }

    /** The client has given the stream up, or the connection is gone. */
    void onGone() {
        dead = true;
        fail(Failure.CLIENT_ABORTED);
        release();
    }

    /** The stream is closed. That may have been noticed while the exchange writes: then it is told once it has written. */
    void onClosed() {
        if (exchange == null) {
            release();
        } else if (!dead) {
            dead = true;
            connection.context().executor().execute(this::onGone);
        }
    }

    /** The exchange cannot go on, for this reason. */
    void fail(Failure failure) {
        if (exchange != null) {
            exchange.fail(failure);
        }
    }

    /** Nothing more will happen on this stream. */
    private void release() {
        if (patience != null) {
            patience.end();
        }
        body.release();
        answer.release();
    }

    /** The stream takes octets again, or no more. */
    void onWritability() {
        if (exchange != null && isWritable()) {
            exchange.onDownstreamWritable();
        }
    }

    @Override
    public int writeHead(ByteBuf in, ResponseHead head, ResponseHeadEditor.Persistence persistence) {
        HeaderList list = connection.scratch().list();
        connection.scratch().fields.response(head, connection.listener().loop().date(), list);
        int length = head.length();
        in.skipBytes(length);
        connection.worked(length);
        answer.head(list);
        return length;
    }

    @Override
    public void write(ByteBuf part) {
        connection.worked(part.readableBytes());
        answer.part(part);
    }

    @Override
    public void writeTrailers(ByteBuf lines) {
        HeaderList list = new HeaderList();
        connection.scratch().fields.trailers(lines, list);
        lines.release();
        answer.trailers(list);
    }

    /** A client that has not sent all of its request is told not to bother, once it has been given all of the answer (RFC 9113 §8.1). */
    @Override
    public void end() {
        ChannelPromise written = connection.promise();
        if (!body.ended()) {
            written.addListener(done -> connection.reset(stream, Http2Error.NO_ERROR));
        }
        answer.end(written);
    }

    @Override
    public boolean accepts(ResponseHead head) {
        return key == null || key.acceptedBy(head);
    }

    @Override
    public void finish(Runnable told) {
        ChannelPromise written = connection.promise();
        written.addListener(done -> {
            if (done.isSuccess()) {
                told.run();
            }
        });
        answer.end(written);
        connection.flushSoon();
    }

    /** The connection is about to end. */
    void retire() {
        if (exchange != null) {
            exchange.retire();
        }
    }

    @Override
    public int writeError(Failure failure, RequestId id, ResponseHeadEditor.Persistence persistence, boolean headOnly) {
        ByteBuf octets = connection
                .listener()
                .loop()
                .errorResponse()
                .write(failure.status(), id, ResponseHeadEditor.Persistence.IMPLICIT, headOnly, alloc());
        int length = octets.readableBytes();
        HeaderList list = connection.scratch().list();
        connection.scratch().fields.response(octets, list);
        answer.head(list);
        if (octets.isReadable()) {
            answer.part(octets);
        } else {
            octets.release();
        }
        end();
        return length;
    }

    @Override
    public void flush() {
        answer.flush();
        connection.flushSoon();
    }

    /** What was cut off is never ended: only a reset tells the client so. */
    @Override
    public void onExchangeEnd(Persistence persistence) {
        exchange = null;
        body.release();
        connection.giveBack(stream, body.takeOwed(false));
        if (dead) {
            return;
        }
        if (answer.ended()) {
            connection.ending(this);
        } else {
            answer.release();
            connection.reset(stream, persistence == Persistence.RESET ? Http2Error.CANCEL : Http2Error.INTERNAL_ERROR);
        }
        connection.flushSoon();
    }

    /** What was written has been sent as far as the client allows; the rest is waited for. */
    void awaitTaken() {
        if (!dead && connection.holds(stream)) {
            await(ClientWait.TAKING);
        }
    }

    @Override
    public void await(ClientWait what) {
        if (patience == null && what != ClientWait.NOTHING) {
            patience = new ClientPatience(connection.listener().loop(), this);
        }
        if (patience != null) {
            patience.await(what, connection.listener().settings());
        }
    }

    @Override
    public void onTaken() {
        if (patience != null) {
            patience.onTaken();
        }
    }

    @Override
    public void onImpatience(ClientWait wait) {
        switch (wait) {
            case BODY -> fail(Failure.BODY_TIMEOUT);
            case TAKING -> onStuck();
            default -> {}
        }
    }

    private void onStuck() {
        if (exchange == null) {
            connection.reset(stream, Http2Error.CANCEL);
            connection.flushSoon();
        } else {
            fail(Failure.DOWNSTREAM_IDLE);
        }
    }

    @Override
    public LoopListener listener() {
        return connection.listener();
    }

    @Override
    public ClientAddress client() {
        return connection.client();
    }

    @Override
    public Channel channel() {
        return connection.context().channel();
    }

    @Override
    public ByteBufAllocator alloc() {
        return connection.alloc();
    }

    @Override
    public boolean isActive() {
        return !dead && connection.isActive();
    }

    @Override
    public boolean isWritable() {
        return connection.isWritable(stream);
    }

    @Override
    public boolean framed() {
        return true;
    }

    @Override
    public int served() {
        return connection.served();
    }

    @Override
    public long requestBytes() {
        return exchange == null ? 0 : exchange.requestBytes();
    }

    /** What waits here the client has sent. */
    @Override
    public boolean requestBlocked() {
        return body.waits() || (exchange != null && exchange.requestBlocked());
    }
}
