package io.evenkeel.proxy.multiplex;

import io.evenkeel.proxy.http2.HeaderList;
import io.evenkeel.proxy.telemetry.Failure;
import io.evenkeel.proxy.upstream.UpstreamConnection;
import io.evenkeel.proxy.upstream.UpstreamUser;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/**
 * One exchange's stream. What is written waits until it is flushed or ended, so that the last frame can say that it is the last. Event-loop confined.
 *
 * <p><b>Ownership.</b> Holds the head and one part of the body until they are handed to the codec or the stream ends.
 *
 * <p><b>Spec.</b> RFC 9113 §8.1.
 */
final class EndpointStream implements UpstreamConnection {

    private final MultiplexedConnection connection;
    private final boolean reused;
    private @Nullable UpstreamUser user;
    private @Nullable Http2Stream stream;
    private @Nullable ByteBuf head;
    private @Nullable ByteBuf part;
    private boolean answersHead;
    private boolean sentAll;
    private boolean headCame;
    private boolean endCame;
    /** The codec has ended the stream, or is about to. */
    private boolean over;

    private boolean blocked;
    private boolean paused;
    private boolean readSome;
    /** Octets of the body that the head still owes, or −1. */
    private long owedBytes = -1;
    /** Octets that were received and not given back to the windows. */
    private int keptBytes;

    /** Whether its connection does not count it any more. */
    boolean removed;

    @Nullable
    EndpointStream previous;

    @Nullable
    EndpointStream next;

    EndpointStream(MultiplexedConnection connection, UpstreamUser user, boolean reused) {
        this.connection = connection;
        this.user = user;
        this.reused = reused;
    }

    @Override
    public void writeHead(ByteBuf octets) {
        if (over) {
            octets.release();
        } else {
            head = octets;
        }
    }

    @Override
    public void write(ByteBuf octets) {
        if (over || !octets.isReadable()) {
            octets.release();
            return;
        }
        writeOut();
        part = octets;
    }

    @Override
    public void end(@Nullable ByteBuf trailers) {
        if (over || sentAll) {
            ReferenceCountUtil.release(trailers);
            return;
        }
        sentAll = true;
        boolean bare = part == null && trailers == null;
        boolean whole = head != null && bare;
        begin(whole);
        if (stream == null) {
            ReferenceCountUtil.release(trailers);
            return;
        }
        if (part != null || (bare && !whole)) {
            ByteBuf last = part == null ? Unpooled.EMPTY_BUFFER : part;
            part = null;
            connection.write(stream, last, trailers == null);
        }
        if (trailers != null) {
            connection.writeTrailers(stream, trailers);
        }
    }

    private void begin(boolean whole) {
        if (head != null) {
            ByteBuf octets = head;
            head = null;
            stream = connection.begin(this, octets, whole);
            answersHead = connection.answersHead();
        }
    }

    private void writeOut() {
        begin(false);
        if (part != null) {
            ByteBuf octets = part;
            part = null;
            if (stream == null) {
                octets.release();
            } else {
                connection.write(stream, octets, false);
            }
        }
    }

    @Override
    public void flush() {
        if (!over) {
            writeOut();
            connection.flushSoon();
        }
    }

    @Override
    public boolean isWritable() {
        blocked = stream != null && !connection.isWritable(stream);
        return !blocked;
    }

    /** Whether its user was last told not to write. */
    boolean blocked() {
        return blocked;
    }

    @Override
    public void reading(boolean on) {
        paused = !on;
        if (on && keptBytes > 0) {
            int octets = keptBytes;
            keptBytes = 0;
            if (stream != null) {
                connection.giveBack(stream, octets);
            }
        }
    }

    @Override
    public void recycle() {
        discard();
    }

    /** One that is not complete on both sides is reset (RFC 9113 §5.4.2). */
    @Override
    public void discard() {
        if (user == null) {
            return;
        }
        user = null;
        releaseUnsent();
        if (stream == null) {
            over = true;
            connection.remove(this);
        } else if (!over && !(sentAll && endCame)) {
            over = true;
            connection.reset(stream, Http2Error.CANCEL);
        }
    }

    private void releaseUnsent() {
        ReferenceCountUtil.release(head);
        ReferenceCountUtil.release(part);
        head = null;
        part = null;
    }

    @Override
    public boolean reused() {
        return reused;
    }

    void onHeaders(HeaderList fields, boolean end, Translation translation) {
        UpstreamUser to = user;
        if (to == null || over) {
            return;
        }
        endCame = end;
        if (headCame) {
            onTrailers(to, translation.responseTrailers.write(fields, connection.alloc()));
            return;
        }
        ByteBuf octets = translation.responses.write(fields, connection.alloc());
        boolean interim = translation.responses.status() < 200;
        if (octets == null || (interim && end) || contradicts(translation, end)) {
            ReferenceCountUtil.release(octets);
            onMalformed();
            return;
        }
        headCame = !interim;
        owedBytes = translation.responses.contentLength();
        readSome();
        to.onUpstreamBytes(octets);
        if (end && user == to) {
            to.onUpstreamEnd(null);
        }
    }

    /** RFC 9113 §8.1.1: a length that is not that of the body; a response to HEAD and a 304 have none at all. */
    private boolean contradicts(Translation translation, boolean end) {
        return end
                && translation.responses.contentLength() > 0
                && !answersHead
                && translation.responses.status() != 304;
    }

    private void onTrailers(UpstreamUser to, @Nullable ByteBuf trailers) {
        if (trailers == null || owedBytes > 0) {
            ReferenceCountUtil.release(trailers);
            onMalformed();
        } else {
            readSome();
            to.onUpstreamEnd(trailers);
        }
    }

    /** Returns how many of {@code octets}, padding included, are given back to the windows at once. */
    int onData(ByteBuf data, int octets, boolean end) {
        UpstreamUser to = user;
        if (to == null || over) {
            return octets;
        }
        int length = data.readableBytes();
        endCame = end;
        if (!headCame || !fits(length, end)) {
            onMalformed();
            return octets;
        }
        readSome();
        if (length > 0) {
            to.onUpstreamData(data.retain());
        }
        if (end && user == to) {
            to.onUpstreamEnd(null);
        }
        if (!paused || user == null) {
            return octets;
        }
        keptBytes += octets;
        return 0;
    }

    private boolean fits(int length, boolean end) {
        if (owedBytes < 0) {
            return true;
        }
        owedBytes -= length;
        return owedBytes >= 0 && (!end || owedBytes == 0);
    }

    private void readSome() {
        if (!readSome) {
            readSome = true;
            connection.onReadSome(this);
        }
    }

    void onReadComplete() {
        readSome = false;
        if (user != null) {
            user.onUpstreamReadComplete();
        }
    }

    /** The codec takes more, or did a moment ago. */
    void onWritable() {
        if (user != null && blocked && isWritable()) {
            user.onUpstreamWritable();
        }
    }

    void onEndpointUnfit() {
        if (user != null) {
            user.onEndpointUnfit();
        }
    }

    /** The user has to give it up for this reason, and resets it thereby. */
    void interrupt(Failure failure) {
        if (user != null) {
            user.onInterrupted(failure);
        }
    }

    /** Its number on the connection, or 0 where it has none yet. */
    int id() {
        return stream == null ? 0 : stream.id();
    }

    /** What came breaks the protocol in a way that the codec does not see. */
    private void onMalformed() {
        over = true;
        if (stream != null) {
            connection.reset(stream, Http2Error.PROTOCOL_ERROR);
        }
        interrupt(Failure.MALFORMED_RESPONSE);
    }

    /** What came breaks the protocol, and the codec resets the stream. */
    void onBroken(Failure failure) {
        over = true;
        interrupt(failure);
    }

    /** The endpoint has not looked at the request, and never will. One that answers all the same has broken off its answer. */
    void onUnprocessed(Failure failure) {
        if (headCame) {
            onClosed();
        } else {
            over = true;
            interrupt(failure);
        }
    }

    /** The stream, or the whole connection, has ended before its time. */
    void onClosed() {
        over = true;
        UpstreamUser last = user;
        if (last != null) {
            user = null;
            releaseUnsent();
            last.onUpstreamClosed(true);
        }
    }
}
