package io.evenkeel.proxy.streams;

import io.evenkeel.proxy.exchange.LoopContext;
import io.evenkeel.proxy.exchange.LoopListener;
import io.evenkeel.proxy.loop.Deadline;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;

/**
 * When and how a client's HTTP/2 connection ends: silent too long, retired, or used up. A client is told in two steps that the connection will end, so that no
 * request is lost which it sends meanwhile. Event-loop confined.
 *
 * <p><b>Spec.</b> RFC 9113 §6.8.
 */
final class Farewell {

    private enum Stage {
        /** The client has not said what it speaks. */
        GREETING,
        SERVING,
        /** The client knows that it should send no more requests, and those that it sends are served. */
        LEAVING,
        /** The client knows which of its requests are served. */
        LEFT
    }

    /** 1 s: longer than any way there and back that is worth waiting for. */
    private static final long LEAVE_NANOS = 1_000_000_000L;

    private final ClientStreams connection;
    private final Deadline deadline = new Deadline(this::onPassed);
    private Stage stage = Stage.GREETING;
    private boolean failed;

    Farewell(ClientStreams connection) {
        this.connection = connection;
    }

    void begin() {
        within(listener().settings().headNanos());
    }

    /** The connection is gone. */
    void end() {
        loop().deadlines().cancel(deadline);
    }

    /** The client's SETTINGS have come. */
    void onPreface() {
        if (stage == Stage.GREETING) {
            stage = Stage.SERVING;
            within(listener().settings().keepAliveNanos());
        }
    }

    /** A request has come. */
    void onRequest() {
        int most = listener().settings().limits().maxRequestsPerConnection();
        if (most > 0 && connection.served() >= most) {
            leaveAfterThese();
        } else if (listener().retired()) {
            leave();
        }
    }

    void onStreamClosed() {
        if (!quiet()) {
            return;
        }
        if (stage == Stage.LEFT) {
            close();
        } else if (stage == Stage.SERVING) {
            within(listener().settings().keepAliveNanos());
        }
    }

    /** Ends the connection without losing a request. */
    void leave() {
        if (stage == Stage.GREETING) {
            connection.context().close();
        } else if (stage == Stage.SERVING) {
            stage = Stage.LEAVING;
            goAway(Integer.MAX_VALUE);
            connection.encoder().writePing(connection.context(), false, 0, connection.promise());
            within(LEAVE_NANOS);
            connection.flushSoon();
        }
    }

    /** The client has read what was sent before. */
    void onPingAck() {
        if (stage == Stage.LEAVING) {
            leaveAfterThese();
        }
    }

    private void leaveAfterThese() {
        if (stage == Stage.LEFT) {
            return;
        }
        stage = Stage.LEFT;
        goAway(connection.connection().remote().lastStreamCreated());
        connection.flushSoon();
        if (quiet()) {
            close();
        }
    }

    /** Ends the connection, whatever is under way on it. */
    void now() {
        stage = Stage.LEFT;
        goAway(connection.connection().remote().lastStreamCreated());
        close();
    }

    /** Ends the connection for a fault. */
    void fail(Http2Error error) {
        if (failed) {
            return;
        }
        failed = true;
        stage = Stage.LEFT;
        int last = connection.connection().remote().lastStreamCreated();
        try {
            connection.connection().goAwaySent(last, error.code(), Unpooled.EMPTY_BUFFER);
        } catch (Http2Exception e) {
            connection.context().close();
            return;
        }
        connection
                .encoder()
                .frameWriter()
                .writeGoAway(connection.context(), last, error.code(), Unpooled.EMPTY_BUFFER, connection.promise());
        close();
    }

    private void onPassed() {
        switch (stage) {
            case GREETING -> connection.context().close();
            case LEAVING -> leaveAfterThese();
            case SERVING -> {
                if (quiet()) {
                    leaveAfterThese();
                }
            }
            case LEFT -> {}
        }
    }

    private boolean quiet() {
        return connection.connection().numActiveStreams() == 0;
    }

    private void goAway(int last) {
        connection.goAway(
                connection.context(), last, Http2Error.NO_ERROR.code(), Unpooled.EMPTY_BUFFER, connection.promise());
    }

    /** Once everything is written; not from within the write whose end closed the last stream, because that one would never flush this. */
    private void close() {
        connection.context().executor().execute(() -> connection
                .context()
                .writeAndFlush(Unpooled.EMPTY_BUFFER)
                .addListener(ChannelFutureListener.CLOSE));
    }

    private void within(long nanos) {
        loop().deadlines().set(deadline, loop().clock().batchNanos() + nanos);
    }

    private LoopListener listener() {
        return connection.listener();
    }

    private LoopContext loop() {
        return listener().loop();
    }
}
