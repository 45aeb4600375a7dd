package io.evenkeel.proxy.tunnel;

import io.netty.buffer.ByteBuf;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One direction of a tunnel. The lane of a WebSocket can be closed: a Close frame is put in where a frame ends, and nothing follows it. Event-loop
 * confined.
 */
final class Lane {

    private final TunnelEnd to;
    private final @Nullable WebSocketFrames frames;
    private final Supplier<ByteBuf> closeFrame;
    private boolean ended;
    private boolean finished;
    private boolean closing;
    private boolean closed;

    /** @param frames null where it is no WebSocket, which cannot be closed */
    Lane(TunnelEnd to, @Nullable WebSocketFrames frames, Supplier<ByteBuf> closeFrame) {
        this.to = to;
        this.frames = frames;
        this.closeFrame = closeFrame;
    }

    /** Hands on what has come. <b>Ownership.</b> Takes {@code bytes}. */
    void relay(ByteBuf bytes) {
        if (frames == null) {
            to.write(bytes);
        } else if (closed) {
            frames.follow(bytes, bytes.readerIndex(), false);
            bytes.release();
        } else if (closing) {
            relayLast(bytes, frames);
        } else {
            frames.follow(bytes, bytes.readerIndex(), false);
            to.write(bytes);
        }
    }

    /** The frame under way goes on to its end; what stands behind it does not. */
    private void relayLast(ByteBuf bytes, WebSocketFrames followed) {
        int start = bytes.readerIndex();
        int end = followed.follow(bytes, start, true);
        to.write(bytes.retainedSlice(start, end - start));
        putClose(followed);
        followed.follow(bytes, end, false);
        bytes.release();
    }

    /** Puts in a Close frame as soon as a frame has ended. */
    void close() {
        closing = true;
        if (frames != null) {
            putClose(frames);
        }
    }

    /** A peer that has said Close itself needs no other. */
    private void putClose(WebSocketFrames followed) {
        if (followed.atBoundary() && !closed) {
            closed = true;
            if (!followed.closed() && !ended) {
                to.write(closeFrame.get());
            }
            to.flush();
        }
    }

    /** The source has nothing more to say, and the destination is told; {@code told}: it was. */
    void end(Runnable told) {
        if (!ended) {
            ended = true;
            to.finish(() -> {
                finished = true;
                told.run();
            });
        }
    }

    /** Whether the destination has got everything, the end included. */
    boolean finished() {
        return finished;
    }

    /** Whether its source has said that the WebSocket is to end. */
    boolean saidClose() {
        return frames != null && frames.closed();
    }

    /** Whether the closing handshake is over as far as this lane is concerned: its source has said Close, and its destination was told. */
    boolean done() {
        return ended || (closed && saidClose());
    }
}
